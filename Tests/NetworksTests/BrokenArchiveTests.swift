import Foundation
import Tensors
import TestSupport
import Testing

@testable import Networks

/// Files that are not whole networks give errors that say what is wrong, and never a crash.
@Suite struct BrokenArchiveTests {
  @Test func `a file that is not there, a folder and a file of other bytes are told apart`() throws
  {
    let archive = try EditedArchive()
    defer { archive.remove() }
    #expect(throws: NetworkError.missingFile("/nowhere.pt2")) {
      try Program(contentsOf: "/nowhere.pt2")
    }
    let folder = archive.folder.path
    #expect(throws: NetworkError.unreadable(folder, reason: "it is a folder; name a file in it")) {
      try Program(contentsOf: archive.folder.path)
    }
    let path = archive.folder.appending(path: "changed.pt2").path
    for bytes in [Array("hello, this is a text file".utf8), [UInt8](repeating: 0, count: 5000)] {
      #expect(throws: NetworkError.notAnArchive(path)) { try archive.program(of: bytes) }
    }
  }

  @Test func `a zip of other records is not an export`() throws {
    var archive = try EditedArchive()
    defer { archive.remove() }
    archive.records = ["data.pkl": [1, 2, 3]]
    let path = archive.folder.appending(path: "edited.pt2").path
    #expect(throws: NetworkError.otherFile(path, .checkpoint)) { try archive.program() }
  }

  @Test func `an archive cut off anywhere is not an archive`() throws {
    let archive = try EditedArchive()
    defer { archive.remove() }
    let bytes = try archive.bytes()
    for length in stride(from: 1, to: bytes.count, by: bytes.count / 150) {
      let path = archive.folder.appending(path: "changed.pt2").path
      #expect(throws: NetworkError.notAnArchive(path)) {
        try archive.program(of: bytes.prefix(length))
      }
    }
  }

  @Test func `a missing record is named`() throws {
    var archive = try EditedArchive()
    defer { archive.remove() }
    archive.records["data/weights/weight_2"] = nil
    let error = #expect(throws: NetworkError.self) { try archive.program() }
    #expect(
      error?.description.contains("lacks the weight “head.weight”") == true, "\(error as Any)")
    archive.records[EditedArchive.config] = nil
    let second = #expect(throws: NetworkError.self) { try archive.program() }
    #expect(second?.description.contains("list of weights") == true)
    archive.records[EditedArchive.graph] = nil
    let third = #expect(throws: NetworkError.self) { try archive.program() }
    #expect(third?.description.contains("no graph (models/model.json)") == true)
  }

  @Test(arguments: [
    // The first convolution's weight is [3, 2, 3, 3] with strides [18, 9, 3, 1].
    #"{"as_int":300000},{"as_int":2},{"as_int":3},{"as_int":3}"#,
    #"{"as_int":-3},{"as_int":2},{"as_int":3},{"as_int":3}"#,
    #"{"as_int":4611686018427387904},{"as_int":2},{"as_int":3},{"as_int":3}"#,
    #"{"as_int":9223372036854775807},{"as_int":9223372036854775807},{"as_int":3},{"as_int":3}"#,
    #"{"as_int":3},{"as_int":2},{"as_int":3}"#,
    #"{"as_int":3},{"as_int":3},{"as_int":2},{"as_int":3}"#,
    #"{"as_expr":{"expr_str":"s0"}},{"as_int":2},{"as_int":3},{"as_int":3}"#,
  ])
  func `a weight of a form that does not fit its bytes or its graph is named`(sizes: String) throws
  {
    var archive = try EditedArchive()
    defer { archive.remove() }
    try archive.replace(
      #"{"as_int":3},{"as_int":2},{"as_int":3},{"as_int":3}"#, with: sizes,
      in: EditedArchive.config)
    let error = #expect(throws: NetworkError.self) { try archive.program() }
    guard case .weightForm("features.conv.weight", _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func `a weight shorter than declared is named`() throws {
    var archive = try EditedArchive()
    defer { archive.remove() }
    archive.records["data/weights/weight_0"] = [1, 2, 3, 4]
    let error = #expect(throws: NetworkError.self) { try archive.program() }
    #expect(error?.description.contains("“features.conv.weight”") == true, "\(error as Any)")
    #expect(error?.description.contains("but the data has 4") == true, "\(error as Any)")
  }

  @Test func `another schema and malformed JSON are named`() throws {
    var archive = try EditedArchive()
    defer { archive.remove() }
    try archive.replace(#""schema_version":{"major":8"#, with: #""schema_version":{"major":9"#)
    let path = archive.folder.appending(path: "edited.pt2").path
    #expect(throws: NetworkError.schema(path, major: 9, supported: 8)) { try archive.program() }
    archive.records[EditedArchive.graph] = Array("{\"graph".utf8)
    #expect(throws: NetworkError.malformedGraph(path, detail: "it is not JSON")) {
      try archive.program()
    }
    archive.records[EditedArchive.graph] = Array(#"{"schema_version":{"major":8,"minor":1}}"#.utf8)
    #expect(throws: NetworkError.malformedGraph(path, detail: "no “graph_module” in the top level"))
    {
      try archive.program()
    }
  }
}
