internal import Foundation
public import Imagery
public import Terms

/// Pictures in folders, one folder a class: `DIR/cat/*.jpg`, `DIR/dog/*.jpg`.
///
/// Where `DIR` holds `train` and `test` (or `val`), these are the two parts; otherwise every fifth
/// picture of each class, in an order that follows from the seed, is kept for testing.
public struct FolderDataset: Sendable {
  /// The folder, which holds a folder of pictures for each class.
  public let path: String
  /// Chooses the test pictures.
  public let seed: Seed

  /// Names a folder.
  public init(path: String, seed: Seed) {
    self.path = path
    self.seed = seed
  }

  /// Reads every picture.
  ///
  /// - Parameter fit: Brings a picture to the size that all are to have.
  /// - Throws: ``DatasetError/noClasses(_:)``, ``DatasetError/emptyClass(_:)``, `PictureError`.
  public func load(
    fit: (Picture) throws -> Picture, progress: ProgressHandler = { _ in }
  ) throws -> Dataset {
    let parts = Self.folders(in: path)
    let test = ["test", "val"].first(where: parts.contains)
    if parts.contains("train"), let test {
      let names = Self.folders(in: path + "/train")
      let learnt = try files(in: path + "/train", names)
      let kept = try files(in: "\(path)/\(test)", names)
      return try dataset(names, learnt, kept, fit, progress)
    }
    let all = try files(in: path, parts)
    let split = HeldOut(from: all.map(\.1), seed: seed)
    return try dataset(
      parts, split.learnt.map { all[$0] }, split.kept.map { all[$0] }, fit, progress)
  }

  private func dataset(
    _ names: [String], _ learnt: [(String, Int)], _ kept: [(String, Int)],
    _ fit: (Picture) throws -> Picture, _ progress: ProgressHandler
  ) throws -> Dataset {
    let total = learnt.count + kept.count
    let train = try set(learnt, names, fit) { done in
      try progress(ProgressUpdate(completed: done, total: total, note: "reading pictures"))
    }
    let test = try set(kept, names, fit) { done in
      try progress(
        ProgressUpdate(completed: learnt.count + done, total: total, note: "reading pictures"))
    }
    return Dataset(name: URL(filePath: path).lastPathComponent, train: train, test: test)
  }

  private func set(
    _ files: [(String, Int)], _ names: [String], _ fit: (Picture) throws -> Picture,
    _ progress: (Int) throws -> Void
  ) throws -> PictureSet {
    var pixels: [UInt8] = []
    var size = (width: 0, height: 0)
    for (i, file) in files.enumerated() {
      let picture = try fit(Picture(contentsOf: file.0))
      size = (picture.width, picture.height)
      for channel in 0..<3 {
        pixels += stride(from: channel, to: picture.pixels.count, by: 3).map { picture.pixels[$0] }
      }
      try progress(i + 1)
    }
    return try PictureSet(
      height: size.height, width: size.width, channels: 3, pixels: pixels, labels: files.map(\.1),
      classNames: names)
  }

  private func files(in folder: String, _ names: [String]) throws(DatasetError) -> [(String, Int)] {
    guard names.count > 1 else { throw .noClasses(folder) }
    var files: [(String, Int)] = []
    for (label, name) in names.enumerated() {
      let inside = Self.contents(of: "\(folder)/\(name)").filter { Picture.isLikelyPicture($0) }
      guard inside.count > 1 else { throw .emptyClass("\(folder)/\(name)") }
      files += inside.map { ("\(folder)/\(name)/\($0)", label) }
    }
    return files
  }

  private static func folders(in path: String) -> [String] {
    contents(of: path).filter { name in
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: "\(path)/\(name)", isDirectory: &isFolder)
        && isFolder.boolValue
    }
  }

  private static func contents(of path: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [])
      .filter { !$0.hasPrefix(".") }.sorted()
  }
}
