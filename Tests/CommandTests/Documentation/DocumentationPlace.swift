import Foundation
import TestSupport

/// A folder with everything that the commands of the documentation name, made small.
///
/// Two networks stand for all: one of a thousand classes on colour pictures of 32 × 32 pixels, with the
/// labels that the pages speak of, and one of ten digits on grey ones of 28 × 28.
struct DocumentationPlace {
  let folder: URL
  /// What was here before any command ran; put back after each, so that no command stands on
  /// another's numbers.
  private let own: URL

  init() throws {
    folder = try References.temporaryFolder()
    own = try References.temporaryFolder()
    try makeNetworks()
    try makePictures()
    try makeDocuments()
    try makeDigits()
    try makeGenerators()
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
      try FileManager.default.copyItem(at: path(name), to: own.appending(path: name))
    }
  }

  func remove() {
    for place in [folder, own] { try? FileManager.default.removeItem(at: place) }
  }

  func path(_ name: String) -> URL { folder.appending(path: name) }

  /// Runs a line as a shell does, `rather` being the binary of this build.
  func run(_ line: String) throws -> (status: Int32, messages: String) {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", line]
    process.currentDirectoryURL = folder
    var environment = ProcessInfo.processInfo.environment
    let binaries = Command.binary?.deletingLastPathComponent().path ?? ""
    environment["PATH"] = binaries + ":" + (environment["PATH"] ?? "")
    process.environment = environment
    let log = own.appending(path: "messages")
    try Data().write(to: log)
    process.standardOutput = FileHandle.nullDevice
    process.standardError = try FileHandle(forWritingTo: log)
    try process.run()
    process.waitUntilExit()
    return (process.terminationStatus, try String(contentsOf: log, encoding: .utf8))
  }

  /// Puts back what a command has changed of the place's own, and takes away what else it made.
  ///
  /// - Parameter kept: What later commands of the same block read.
  func restore(keeping kept: Set<String> = []) throws {
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path)
    where !kept.contains(name) {
      try FileManager.default.removeItem(at: path(name))
    }
    for name in try FileManager.default.contentsOfDirectory(atPath: own.path)
    where name != "messages" && !FileManager.default.fileExists(atPath: path(name).path) {
      try FileManager.default.copyItem(at: own.appending(path: name), to: path(name))
    }
  }

  /// Takes away what a command is to write, and the files beside it.
  ///
  /// - Returns: The names of what it will write, those of the place's own left out.
  func clear(for line: String) throws -> Set<String> {
    var made: Set<String> = []
    for match in line.matches(of: /(-o|--output|--html|--csv) +([^ ]+)/) {
      let name = String(match.2)
      try? FileManager.default.removeItem(at: path(name))
      if line.hasPrefix("rather train ") {
        let stem = name.split(separator: ".").first.map(String.init) ?? name
        for file in [stem + ".json", stem + "-encoder.pt2", stem + "-training"] {
          try? FileManager.default.removeItem(at: path(file))
        }
      }
      let first = name.split(separator: "/").first.map(String.init) ?? name
      if !FileManager.default.fileExists(atPath: own.appending(path: first).path) {
        made.insert(first)
      }
    }
    return made
  }

  /// Runs a line whose result later commands read.
  func made(_ line: String) throws {
    let run = try run(line)
    if run.status != 0 { throw Unmade(line: line, messages: run.messages) }
  }

  struct Unmade: Error {
    let line: String
    let messages: String
  }
}
