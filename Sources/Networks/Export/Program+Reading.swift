internal import Files
internal import Foundation
internal import Tensors

extension Program {
  static let supportedSchema = 8

  /// Reads a `torch.export` archive (`.pt2`, PyTorch 2.8 or later).
  ///
  /// - Complexity: reads every weight once; nothing is computed.
  /// - Throws: ``NetworkError`` that says what is wrong with the file.
  public init(contentsOf path: String) throws(NetworkError) {
    do {
      self = try Self.exported(at: path)
    } catch {
      guard error == .notAnArchive(path) || error.isLackOfExport else { throw error }
      // What else it is says more than what it is not.
      throw FileKind(of: path).map { .otherFile(path, $0) } ?? error
    }
  }

  private static func exported(at path: String) throws(NetworkError) -> Program {
    let archive = try ExportArchive(path)
    let document = try Self.document(in: archive, path)
    var weights = try Self.weights(in: archive, folder: "weights", path)
    weights.merge(try Self.weights(in: archive, folder: "constants", path)) { first, _ in first }
    var reader = try ExportReader(document, path: path)
    return try reader.program(weights: weights)
  }

  private static func document(
    in archive: ExportArchive, _ path: String
  ) throws(NetworkError) -> ExportDocument {
    let graphs = archive.names.filter { $0.hasPrefix("models/") && $0.hasSuffix(".json") }
    guard let name = graphs.first else {
      throw .notAnExport(path, lacking: "graph (models/model.json)")
    }
    guard graphs.count == 1 else { throw .severalGraphs(graphs.sorted(), in: path) }
    let bytes = try archive.bytes(name)
    struct Version: Decodable {
      var schema_version: ExportDocument.SchemaVersion
    }
    do {
      let data = Data(bytes)
      let version = try JSONDecoder().decode(Version.self, from: data).schema_version
      guard version.major == supportedSchema else {
        throw NetworkError.schema(path, major: version.major, supported: supportedSchema)
      }
      return try JSONDecoder().decode(ExportDocument.self, from: data)
    } catch let error as NetworkError {
      throw error
    } catch {
      throw .malformedGraph(path, detail: Self.detail(of: error, in: bytes))
    }
  }

  private static func weights(
    in archive: ExportArchive, folder: String, _ path: String
  ) throws(NetworkError) -> [String: Tensor] {
    let configs = archive.names.filter {
      $0.hasPrefix("data/\(folder)/") && $0.hasSuffix("_config.json")
    }
    guard let name = configs.min() else {
      if folder == "constants" { return [:] }
      throw .notAnExport(
        path, lacking: "list of weights (data/\(folder)/model_weights_config.json)")
    }
    let config: WeightsConfig
    let bytes = try archive.bytes(name)
    do {
      config = try JSONDecoder().decode(WeightsConfig.self, from: Data(bytes))
    } catch let error as NetworkError {
      throw error
    } catch {
      throw .malformedGraph(path, detail: Self.detail(of: error, in: bytes))
    }
    var tensors: [String: Tensor] = [:]
    // A tensor that modules share is one record with several names, and stays one here.
    var known: [Record: Tensor] = [:]
    for (key, entry) in config.config {
      let place = Record(path: "data/\(folder)/\(entry.path_name)", meta: entry.tensor_meta)
      guard archive.names.contains(place.path) else { throw .missingWeight(key, of: path) }
      if known[place] == nil { known[place] = try tensor(key, entry, place.path, archive) }
      tensors[key] = known[place]
    }
    return tensors
  }

  /// Where a tensor's numbers lie in an archive, and which of them it takes.
  private struct Record: Hashable {
    let path: String
    let numbers: [Int?]

    init(path: String, meta: ExportTensorMeta?) {
      self.path = path
      let sizes = meta?.sizes.map(\.fixed) ?? []
      let strides = meta?.strides.map(\.fixed) ?? []
      numbers = [meta?.dtype, meta?.storage_offset.fixed, sizes.count] + sizes + strides
    }
  }

  private static func tensor(
    _ key: String, _ entry: WeightsConfig.Entry, _ record: String, _ archive: ExportArchive
  ) throws(NetworkError) -> Tensor {
    guard !entry.use_pickle, let meta = entry.tensor_meta else {
      throw .unsupportedWeight(key, reason: "it is pickled; save plain, dense tensors")
    }
    guard let type = ElementType(exportCode: meta.dtype), meta.layout == 7 else {
      throw .unsupportedWeight(key, reason: "its element type or layout is not one Rather reads")
    }
    let sizes = meta.sizes.compactMap(\.fixed)
    let strides = meta.strides.compactMap(\.fixed)
    guard sizes.count == meta.sizes.count, strides.count == sizes.count,
      let offset = meta.storage_offset.fixed
    else { throw .weightForm(key, detail: "its sizes are not whole numbers") }
    let memory = try archive.memory(record)
    do {
      return try memory.tensor(type, shape: sizes, strides: strides, offset: offset)
    } catch {
      if case .backend(_, let message) = error {
        throw .weightForm(key, detail: String(message.split(separator: "\n").first ?? ""))
      }
      throw .weightForm(key, detail: error.description)
    }
  }

  /// Where and why decoding stopped, in a few words.
  ///
  /// - Parameter bytes: The text that was decoded.
  static func detail(of error: any Error, in bytes: [UInt8]) -> String {
    switch error {
    case DecodingError.keyNotFound(let key, let context):
      "no “\(key.stringValue)” in \(place(context))"
    case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
      "an unexpected kind of value at \(place(context))"
    case DecodingError.dataCorrupted(let context) where !context.codingPath.isEmpty:
      "\(context.debugDescription) at \(place(context))"
    default: JSONFault.text(of: bytes)
    }
  }

  private static func place(_ context: DecodingError.Context) -> String {
    let path = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? ".\($0.stringValue)" }
    return path.isEmpty ? "the top level" : path.joined()
  }
}

extension NetworkError {
  fileprivate var isLackOfExport: Bool { if case .notAnExport = self { true } else { false } }
}
