import Foundation
import Tensors
import TestSupport
import Testing

@testable import Networks

/// Files that are no networks of `torch.export` are told by what they are.
@Suite struct FileKindTests {
  @Test func `each kind of file is known by its first bytes`() throws {
    let beginnings: [(FileKind, [UInt8])] = [
      (.legacyCheckpoint, [0x80, 2, 0x8a, 0x0a, 0x6c, 0xfc]), (.legacyCheckpoint, [0x80, 4, 0x95]),
      (.safetensors, [0x40, 0, 0, 0, 0, 0, 0, 0] + Array("{\"a\":{}}".utf8)),
      (.onnx, [8, 8, 0x12, 7] + Array("pytorch".utf8)),
      (.hdf5, [0x89] + Array("HDF\r\n\u{1a}\n".utf8)),
      (.tensorFlowLite, [0x1c, 0, 0, 0] + Array("TFL3".utf8)), (.gguf, Array("GGUF".utf8)),
      (.numPy, [0x93] + Array("NUMPY".utf8)), (.picture, [0xff, 0xd8, 0xff, 0xe0]),
      (.picture, [0x89] + Array("PNG\r\n".utf8)), (.empty, []),
    ]
    for (kind, bytes) in beginnings {
      try expect(kind, of: bytes + (bytes.isEmpty ? [] : [UInt8](repeating: 0, count: 64)))
    }
  }

  @Test func `each kind of archive is known by its records`() throws {
    let records: [(FileKind, [String])] = [
      (.torchScript, ["code/__torch__/net.py", "constants.pkl", "data.pkl"]),
      (.checkpoint, ["data.pkl", "data/0"]),
      (.compiled, ["data/aotinductor/model/a.wrapper.so"]), (.numPy, ["weight.npy"]),
      (.otherZip, ["word/document.xml"]),
    ]
    for (kind, names) in records {
      let folder = try References.temporaryFolder()
      defer { try? FileManager.default.removeItem(at: folder) }
      let path = folder.appending(path: "file.pt2").path
      let writer = try ArchiveWriter(path: path)
      for name in names { try writer.add(name, Array("numbers".utf8)) }
      try writer.finish()
      try expect(kind, at: path)
      // Cut off, it is only not readable.
      let bytes = try Data(contentsOf: URL(filePath: path))
      try bytes.prefix(bytes.count / 2).write(to: URL(filePath: path))
      #expect(throws: NetworkError.notAnArchive(path)) { try Program(contentsOf: path) }
    }
  }

  @Test func `a folder and a text are told apart`() throws {
    let folder = try References.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let error = #expect(throws: NetworkError.self) { try Program(contentsOf: folder.path) }
    #expect(error?.description.contains("it is a folder") == true)
    let path = folder.appending(path: "letter.pt2").path
    try Data("Dear reader, this is a letter and no network.".utf8).write(to: URL(filePath: path))
    #expect(throws: NetworkError.notAnArchive(path)) { try Program(contentsOf: path) }
  }

  @Test func `every kind says what it is in one sentence`() {
    for kind in FileKind.allCases {
      let text = NetworkError.otherFile("net.pt2", kind).description
      #expect(text.hasPrefix("net.pt2 is not an archive of torch.export: it is a"), "\(text)")
      #expect(!text.hasSuffix("."))
    }
  }

  private func expect(_ kind: FileKind, of bytes: [UInt8]) throws {
    let folder = try References.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "file.pt2").path
    try Data(bytes).write(to: URL(filePath: path))
    try expect(kind, at: path)
  }

  private func expect(_ kind: FileKind, at path: String) throws {
    #expect(throws: NetworkError.otherFile(path, kind)) { try Program(contentsOf: path) }
  }
}
