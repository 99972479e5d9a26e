internal import Foundation
internal import Imagery
public import Tensors
internal import Terms

extension Network {
  /// Whether it gives a vector for each picture, which is compared with references.
  public var isEmbedding: Bool { head == .similarities }

  /// The same network, compared with references: its classes are they, and their logits the cosines.
  ///
  ///     y_c = e · r_c / (|e| |r_c|)
  ///
  /// - Throws: ``NetworkError/reference(_:reason:)`` where a vector has another length than the network's;
  ///   ``NetworkError/noReferences(length:)`` for none.
  public func comparing(with references: [Reference]) throws -> Network {
    guard isEmbedding else { throw NetworkError.noEmbedding }
    if references.isEmpty { throw NetworkError.noReferences(length: reading.width) }
    if let odd = references.first(where: { $0.vector.count != reading.width }) {
      throw NetworkError.reference(
        odd.name,
        reason:
          "its vector has \(odd.vector.count) numbers, and this network's have \(reading.width)")
    }
    let columns = (0..<reading.width).flatMap { place in references.map { $0.vector[place] } }
    let matrix = try Tensor(columns, shape: [reading.width, references.count])
    return Network(
      self, reading: reading.comparing(with: matrix),
      labels: ClassLabels(references.map(\.name), head: .similarities))
  }

  /// The vector that the network gives for an input, as it is.
  public func vector(for input: Input) throws -> [Float] {
    guard isEmbedding else { throw NetworkError.noEmbedding }
    let vector = try reading.means(of: program.output(for: input.tensor).detached())
    guard try vector.isAllFinite() else { throw NetworkError.notFinite }
    return try vector.floats()
  }

  /// Reads references: a picture by its file's name; a folder of pictures as the mean of them, and a folder of such
  /// folders as one for each, by the folder's name; arrays of `.npy` and `.npz` files, whose rows are vectors, by their
  /// names.
  ///
  /// - Parameter progress: Called after each picture; throwing stops.
  /// - Complexity: one pass a picture.
  /// - Throws: ``NetworkError``, `PictureError`.
  public func references(
    at paths: [String], on device: Device = .cpu, progress: () throws -> Void = {}
  ) throws -> [Reference] {
    func read(at path: String) throws -> [Float] {
      let found = try vector(for: input(from: Picture(contentsOf: path), on: device))
      try progress()
      return found
    }
    return try paths.flatMap { path -> [Reference] in
      let url = URL(filePath: path)
      let name = url.deletingPathExtension().lastPathComponent
      var isFolder: ObjCBool = false
      if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
        return try Self.sets(below: path).map { name, files in
          try Reference(name, mean: files.map { try read(at: $0) })
        }
      }
      if ["npy", "npz"].contains(url.pathExtension.lowercased()) {
        return try StoredVectors.read(path, named: name).map {
          try Reference($0.name, mean: $0.rows)
        }
      }
      return [try Reference(name, mean: [read(at: path)])]
    }
  }

  /// The pictures of a folder as one set, or those of each folder in it.
  private static func sets(below path: String) throws -> [(name: String, files: [String])] {
    let names = try Picture.names(below: path)
    let own = URL(filePath: path).lastPathComponent
    if names.contains(where: { !$0.contains("/") }) {
      return [(own, names.map { "\(path)/\($0)" })]
    }
    let parts = Dictionary(grouping: names) { String($0.prefix { $0 != "/" }) }
    return parts.sorted { $0.key < $1.key }.map { part in
      (part.key, part.value.map { "\(path)/\($0)" })
    }
  }

  /// The logits where relevance starts: of an embedding with its length held constant, as relevance holds what
  /// normalises; else ``logits(of:)``.
  package func relevanceLogits(of output: Tensor) throws -> Tensor {
    guard isEmbedding else { return try logits(of: output) }
    return try reading.similarities(of: reading.means(of: output), holdsLength: true)
  }
}
