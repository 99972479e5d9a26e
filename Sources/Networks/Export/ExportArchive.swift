internal import Files
internal import Tensors

/// The records of a `torch.export` archive, without the folder that PyTorch puts them in.
///
/// What is read is bounded: the JSON of a graph by ``jsonLimit``, and all records together by what
/// the file could hold.
struct ExportArchive {
  /// The names of all records.
  let names: Set<String>

  private let path: String
  private let reader: ZipReader
  private let folder: String

  /// The most bytes of JSON that are parsed; the graph of a network of a thousand layers has two
  /// million.
  static let jsonLimit = 128 << 20

  /// How many bytes all records may unpack to for each of the file's: those of PyTorch are not
  /// packed, and weights that somebody packed again are hardly shorter.
  static let unpackingLimit = 20

  init(_ path: String) throws(NetworkError) {
    do {
      reader = try ZipReader(path: path)
    } catch {
      throw NetworkError(error)
    }
    self.path = path
    let folders = Set(reader.names.map { $0.prefix { $0 != "/" } })
    guard folders.count == 1, let folder = folders.first else { throw .notAnArchive(path) }
    self.folder = folder + "/"
    names = Set(reader.names.map { String($0.dropFirst(folder.count + 1)) })
    try checkLength()
  }

  /// A record of JSON.
  func bytes(_ name: String) throws(NetworkError) -> [UInt8] {
    do { return try reader.bytes(folder + name, limit: Self.jsonLimit) } catch {
      throw NetworkError(error)
    }
  }

  /// A record of numbers.
  func memory(_ name: String) throws(NetworkError) -> TensorMemory {
    do {
      let record = folder + name
      return try TensorMemory(byteCount: reader.byteCount(of: record)) {
        try reader.read(record, into: $0)
      }
    } catch let error as ZipError {
      throw NetworkError(error)
    } catch let error as TensorError {
      throw .node(name, error)
    } catch {
      throw .notAnArchive(path)
    }
  }

  private func checkLength() throws(NetworkError) {
    let (unpacked, file): (Int, Int)
    do { (unpacked, file) = (try reader.unpackedByteCount(), reader.fileByteCount) } catch {
      throw NetworkError(error)
    }
    let limit = file.multipliedReportingOverflow(by: Self.unpackingLimit)
    if !limit.overflow, unpacked > limit.partialValue + Self.jsonLimit {
      throw .unpacking(path, byteCount: unpacked, fileByteCount: file)
    }
  }
}

extension NetworkError {
  /// What an archive's fault means for a network.
  init(_ fault: ZipError) {
    self =
      switch fault {
      case .file(.unreadable(let path, .missing)): .missingFile(path)
      case .file(.unreadable(let path, let fault)): .unreadable(path, reason: fault.description)
      case .noArchive(let path, _): .notAnArchive(path)
      default: .archive(fault)
      }
  }
}

/// Where an archive keeps its tensors: `data/weights/…_config.json` and `data/constants/…`.
struct WeightsConfig: Codable, Sendable {
  var config: [String: Entry]

  struct Entry: Codable, Sendable {
    var path_name: String
    var is_param: Bool
    var use_pickle: Bool
    @Nullable var tensor_meta: ExportTensorMeta?
  }
}
