public import Counterfactuals
public import Files
public import Imagery
public import Networks
internal import Tensors
internal import Terms

/// The folder that `rather counterfactual` writes about one picture: `manifest.json`, `maps.npz`,
/// four pictures an answer (the example, its difference from the input, the way there as an
/// animation and side by side), and `index.html`, which needs no other file and no network connection.
///
/// An answer whose searches failed has no picture.
public struct ContrastiveReport: Sendable {
  /// The network.
  public let network: Network
  /// The picture.
  public let picture: Picture
  /// What the network answered.
  public let prediction: Prediction
  /// The answers, all about the same input.
  public let answers: [ContrastiveAnswer]
  /// What other methods answer, by the place of the answer; empty for none.
  public let beside: [[ComparedMethodMap]]
  /// Where it comes from: the files of network, generator and picture, and the settings of the search.
  public let provenance: Provenance

  /// Joins what a report shows.
  public init(
    network: Network, picture: Picture, prediction: Prediction, answers: [ContrastiveAnswer],
    beside: [[ComparedMethodMap]] = [], provenance: Provenance
  ) {
    self.network = network
    self.picture = picture
    self.prediction = prediction
    self.answers = answers
    self.beside = beside
    self.provenance = provenance
  }

  /// Writes the folder, whole or not at all.
  ///
  /// - Returns: The manifest.
  /// - Throws: ``FileError`` when the folder cannot be written or is not empty.
  public func write(
    to path: String, existing: ExistingFiles = .refuse
  ) throws -> ContrastiveManifest {
    try ReportFolder.write(at: path, existing: existing) { folder in
      let drawer = ContrastDrawer(network: network, answers: answers, beside: beside)
      let scale = try drawer.scale()
      let drawn = try drawer.drawn(scale: scale)
      try folder.fill("maps.npz") { try archive(drawn).write(to: $0) }
      _ = try drawn.concurrentMap { try write($0, to: folder) }
      try folder.write(
        "index.html", ContrastivePage(report: self, drawn: drawn, scale: scale).html())
      let manifest = try manifest(
        of: drawn, scale: scale, folder.header(.counterfactual, provenance))
      try folder.write(manifest)
      return manifest
    }
  }

  private func write(_ drawn: DrawnContrast, to folder: ReportFolder) throws {
    guard let drawing = drawn.drawing else { return }
    let difference = drawing.difference
    try folder.write(drawn.exampleFile, drawing.picture.png())
    try folder.write(
      drawn.differenceFile, difference.enlarged(by: difference.factorForEyes).png())
    try folder.write(drawn.animationFile, drawing.animation(enlarged: true))
    try folder.write(drawn.wayFile, drawing.way())
  }

  private func archive(_ drawn: [DrawnContrast]) throws -> MapArchive {
    var archive = MapArchive()
    if let input = answers.first?.input { try archive.add("input", input) }
    for answer in drawn {
      for (place, beside) in answer.beside.enumerated() {
        if let map = beside.map.map { try archive.add(answer.key(ofBeside: place), map) }
      }
      guard let drawing = answer.drawing else { continue }
      let (example, attempt) = (drawing.example, drawing.attempt)
      try archive.add(answer.key + "/example", example.picture)
      try archive.add(answer.key + "/difference", example.difference)
      try archive.add(answer.key + "/reconstruction", example.reconstruction)
      for (name, code) in [("code", attempt.code), ("start-code", attempt.startCode)] {
        try archive.add("\(answer.key)/\(name)", Tensor(code, shape: [code.count]))
      }
    }
    return archive
  }
}

extension DrawnContrast {
  /// The array of a map of another method.
  func key(ofBeside place: Int) -> String { "\(key)/beside-\(place + 1)" }
}
