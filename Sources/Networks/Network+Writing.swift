internal import Files

extension Network {
  /// Writes the network as `NAME.pt2` and its card as `NAME.json`; both appear, or neither.
  ///
  /// - Throws: `FileError`.
  public func write(to path: String) throws {
    let files = WholeFiles()
    try program.write(to: path, among: files)
    try files.add(Array(card.json.utf8), to: Card.path(besides: path))
    try files.commit()
  }
}
