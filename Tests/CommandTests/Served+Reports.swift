import Foundation
import TestSupport
import Testing

extension Served {
  /// Expects that the report of an answer is what a command writes: pictures and maps byte for byte, and the same manifest but for
  /// time, machine and command.
  func expectReport(of id: String, isThatOf command: String) throws {
    let saved = try ask("/api/answers/\(id)/report", "POST").json()
    let report = URL(filePath: try #require(saved["folder"] as? String, "\(saved)"))
    let words = command.split(separator: " ").dropFirst().map(String.init)
    let typed = try Command(words + ["--output", "typed"], in: folder)
    #expect(typed.status == 0, "\(typed.messages)")
    let names = try FileManager.default.contentsOfDirectory(atPath: report.path)
    #expect(names.count > 5)
    for name in names.sorted() where [".png", ".gif", ".npz"].contains(where: name.hasSuffix) {
      #expect(
        try Data(contentsOf: report.appending(path: name))
          == Data(contentsOf: folder.appending(path: "typed/\(name)")), "\(name)")
    }
    #expect(try manifest(report) == manifest(folder.appending(path: "typed")))
  }

  private func manifest(_ folder: URL) throws -> NSDictionary {
    let data = try Data(contentsOf: folder.appending(path: "manifest.json"))
    var object = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
    for key in ["created", "machine", "command"] { object[key] = nil }
    return NSDictionary(dictionary: object)
  }
}
