internal import Foundation

/// What a file is that is no network of `torch.export`, by its first bytes and its records' names.
public enum FileKind: Hashable, Sendable, CaseIterable {
  case empty
  case torchScript
  case checkpoint
  case compiled
  case legacyCheckpoint
  case safetensors
  case onnx
  case hdf5
  case tensorFlowLite
  case gguf
  case numPy
  case picture
  case otherZip

  /// Tells what a file is; `nil` where its bytes do not say.
  init?(of path: String) {
    guard let file = FileHandle(forReadingAtPath: path) else { return nil }
    defer { try? file.close() }
    guard let head = try? file.read(upToCount: 512) else {
      self = .empty
      return
    }
    if head.starts(with: Data("PK".utf8)) {
      guard let kind = Self.zip(file) else { return nil }
      self = kind
    } else if let match = Self.beginnings.first(where: { $0.matches(head) }) {
      self = match.kind
    } else if Self.isONNX(head) {
      self = .onnx
    } else if head.isEmpty {
      self = .empty
    } else {
      return nil
    }
  }

  /// The kind of a zip archive, whose records are listed at its end.
  private static func zip(_ file: FileHandle) -> FileKind? {
    guard let end = try? file.seekToEnd() else { return nil }
    let length = min(end, 1 << 20)
    guard (try? file.seek(toOffset: end - length)) != nil, let tail = try? file.readToEnd(),
      tail.range(of: Data([0x50, 0x4b, 5, 6])) != nil
    else { return nil }
    func holds(_ name: String) -> Bool { tail.range(of: Data(name.utf8)) != nil }
    if holds("aotinductor/") { return .compiled }
    // It is of torch.export, and lacks something.
    if holds("/archive_format") || holds("/models/") { return nil }
    if holds("/code/") && holds("constants.pkl") { return .torchScript }
    if holds("data.pkl") { return .checkpoint }
    return holds(".npy") ? .numPy : .otherZip
  }

  private struct Beginning {
    let kind: FileKind
    var offset = 0
    let bytes: [UInt8]

    func matches(_ head: Data) -> Bool { head.dropFirst(offset).starts(with: bytes) }
  }

  private static let beginnings: [Beginning] = [
    Beginning(kind: .legacyCheckpoint, bytes: [0x80, 2]),
    Beginning(kind: .legacyCheckpoint, bytes: [0x80, 4]),
    Beginning(kind: .hdf5, bytes: [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a]),
    Beginning(kind: .picture, bytes: [0x89, 0x50, 0x4e, 0x47]),
    Beginning(kind: .picture, bytes: [0xff, 0xd8, 0xff]),
    Beginning(kind: .gguf, bytes: Array("GGUF".utf8)),
    Beginning(kind: .numPy, bytes: [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]),
    Beginning(kind: .tensorFlowLite, offset: 4, bytes: Array("TFL3".utf8)),
    // Eight bytes of length, then JSON.
    Beginning(kind: .safetensors, offset: 8, bytes: Array("{\"".utf8)),
  ]

  /// A protocol buffer whose first field is a small version, and whose second a producer's name.
  private static func isONNX(_ head: Data) -> Bool {
    head.count > 2 && head[0] == 8 && (1...20).contains(head[1]) && head[2] == 0x12
  }
}

extension FileKind: CustomStringConvertible {
  /// What it is and what to do, to follow “it is”.
  public var description: String {
    switch self {
    case .empty: "an empty file"
    case .torchScript:
      "a TorchScript module, whose operators Rather does not read; make the network in Python, load its weights by "
        + "model.load_state_dict(torch.jit.load(\"FILE\").state_dict()), and save it by \(Self.saving)"
    case .checkpoint, .legacyCheckpoint:
      "a checkpoint of torch.save, weights or pickled objects without operators; make the network in Python, load them "
        + "by model.load_state_dict(torch.load(\"FILE\")), and save it by \(Self.saving)"
    case .compiled:
      "a network compiled by AOTInductor, machine code and no operators; make the network in Python, and in place of "
        + "compiling it save it by \(Self.saving)"
    case .safetensors:
      "a safetensors file, weights without operators; make the network in Python, load them by "
        + "model.load_state_dict(safetensors.torch.load_file(\"FILE\")), and save it by \(Self.saving)"
    case .onnx:
      "an ONNX network, which Rather does not read; take the PyTorch network that it was made of, or make one by "
        + "model = onnx2torch.convert(\"FILE\"), and save it by \(Self.saving)"
    case .hdf5: "an HDF5 file, as of Keras, which Rather does not read; \(Self.another)"
    case .tensorFlowLite: "a TensorFlow Lite network, which Rather does not read; \(Self.another)"
    case .gguf: "a GGUF file, which Rather does not read; \(Self.another)"
    case .numPy: "a file of NumPy arrays"
    case .picture: "a picture"
    case .otherZip: "a zip archive of something else"
    }
  }

  private static let saving =
    "torch.export.save(torch.export.export(model.eval(), (torch.zeros(2, 3, 224, 224),)), \"NAME.pt2\"), for pictures of "
    + "that size (`rather export` prints more)"
  private static let another =
    "Rather reads networks that PyTorch exports (`rather export` prints the lines)"
}
