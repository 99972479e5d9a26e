import Foundation
import TestSupport
import Testing

extension Served {
  /// Expects that the report of an answer is what its command writes when a shell runs it: the same files, pictures and maps byte
  /// for byte, and the same manifest but for time, machine and command.
  func expectReport(of id: String, isThatOf command: String, into output: String = "typed") throws {
    let saved = try ask("/api/answers/\(id)/report", "POST").json()
    let report = URL(filePath: try #require(saved["folder"] as? String, "\(command): \(saved)"))
    let programs = try #require(Command.binary).deletingLastPathComponent().path
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    let run = try RefusingMachine.run(
      ["/bin/sh", "-c", "\(command) --output \(output)"], in: folder,
      environment: ["PATH": "\(programs):\(path)"])
    #expect(run.status == 0, "\(command): \(run.messages)")
    let typed = folder.appending(path: output)
    let names = try names(in: report)
    #expect(try names == self.names(in: typed), "\(command)")
    #expect(names.contains("maps.npz") && names.contains { $0.hasSuffix(".png") }, "\(names)")
    for name in names where [".png", ".gif", ".npz"].contains(where: name.hasSuffix) {
      #expect(
        try Data(contentsOf: report.appending(path: name))
          == Data(contentsOf: typed.appending(path: name)), "\(command): \(name)")
    }
    #expect(try manifest(report) == manifest(typed), "\(command)")
  }

  /// Expects that replies are what the interface's description says of them, by the names of its schemas.
  func expectDescribed(_ replies: [(schema: String, body: Data)]) throws {
    let description = folder.appending(path: "api.json")
    try ask("/api").body.write(to: description)
    var words = [description.path]
    for (place, reply) in replies.enumerated() {
      let file = folder.appending(path: "reply-\(place).json")
      try reply.body.write(to: file)
      words += [reply.schema, file.path]
    }
    let verdicts = try References.run("validate_replies.py", words).split(separator: "\n")
    #expect(verdicts.map(String.init) == replies.map { $0.schema + " valid" })
  }

  private func names(in folder: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  private func manifest(_ folder: URL) throws -> NSDictionary {
    let data = try Data(contentsOf: folder.appending(path: "manifest.json"))
    var object = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
    for key in ["created", "machine", "command"] { object[key] = nil }
    return NSDictionary(dictionary: object)
  }
}
