import Documents

extension PictureList {
  /// The pictures below a folder or of a list; says what is left out of them.
  static func told(at path: String) throws -> PictureList {
    let list = try PictureList(at: path)
    for note in list.notes { Console.message("Note: \(note)") }
    return list
  }
}
