internal import Foundation
public import Terms

/// A folder of IDX files under MNIST's names that nobody has published checksums of.
///
/// Where it holds both pairs, `train-…` is learnt from and `t10k-…` measured on. Where it holds one,
/// every fifth picture of each class, in an order that follows from the seed, is kept for measuring.
/// Classes are named by their numbers.
public struct IDXFolder: Sendable {
  /// The folder, which holds the pictures and labels in files of the IDX format.
  public let path: String
  /// Chooses the pictures to measure on.
  public let seed: Seed

  /// Takes a folder.
  ///
  /// - Returns: `nil` where no file in it has the name of one with pictures.
  public init?(path: String, seed: Seed) {
    guard Self.pairs.contains(where: { PublishedDataset.path(of: $0.pictures, in: path) != nil })
    else { return nil }
    self.path = path
    self.seed = seed
  }

  /// Reads the files, gzipped or plain.
  ///
  /// - Throws: ``DatasetError``, `FileError`.
  public func load() throws -> Dataset {
    let found = try Self.pairs.compactMap { try files($0) }
    let classCount = (found.flatMap(\.labels.bytes).max().map(Int.init) ?? 0) + 1
    guard classCount > 1 else { throw DatasetError.oneClass(path) }
    let names = (0..<classCount).map(String.init)
    let sets = try found.map { try PictureSet($0.pictures, $0.labels, names, named: path) }
    let name = URL(filePath: path).lastPathComponent
    if sets.count > 1 {
      guard sets[0].height == sets[1].height, sets[0].width == sets[1].width else {
        throw DatasetError.sizesDiffer(path)
      }
      return Dataset(name: name, train: sets[0], test: sets[1])
    }
    let split = HeldOut(from: sets[0].labels, seed: seed)
    if split.kept.isEmpty { throw DatasetError.tooFew(path) }
    return Dataset(
      name: name, train: try sets[0].choosing(split.learnt), test: try sets[0].choosing(split.kept))
  }

  private typealias Names = (pictures: String, labels: String)

  private static let pairs: [Names] = [
    (PublishedDataset.files[0], PublishedDataset.files[1]),
    (PublishedDataset.files[2], PublishedDataset.files[3]),
  ]

  /// The two files of a pair; `nil` where there are no pictures.
  private func files(_ names: Names) throws -> (pictures: IDX, labels: IDX)? {
    guard let pictures = PublishedDataset.path(of: names.pictures, in: path) else { return nil }
    guard let labels = PublishedDataset.path(of: names.labels, in: path) else {
      throw DatasetError.noLabels(pictures, wanted: names.labels)
    }
    let found = (pictures: try IDX(contentsOf: pictures), labels: try IDX(contentsOf: labels))
    let axes = (found.pictures.shape.count, found.labels.shape.count)
    if axes == (1, 3) { throw DatasetError.swapped(pictures: pictures, labels: labels) }
    if axes.0 != 3 { throw DatasetError.axes(pictures, found: axes.0, expected: 3) }
    if axes.1 != 1 { throw DatasetError.axes(labels, found: axes.1, expected: 1) }
    let (count, others) = (found.pictures.shape[0], found.labels.shape[0])
    if count != others {
      throw DatasetError.counts(pictures, pictures: count, labels, labels: others)
    }
    return found
  }
}

extension PictureSet {
  /// Joins grey pictures and their labels.
  init(
    _ pictures: IDX, _ labels: IDX, _ classNames: [String], named name: String
  ) throws(DatasetError) {
    guard pictures.shape.count == 3, labels.shape.count == 1 else { throw .notIDX(name) }
    try self.init(
      height: pictures.shape[1], width: pictures.shape[2], channels: 1, pixels: pictures.bytes,
      labels: labels.bytes.map(Int.init), classNames: classNames)
  }
}
