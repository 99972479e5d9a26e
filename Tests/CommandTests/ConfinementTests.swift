import ArgumentParser
import Files
import Foundation
import TestSupport
import Testing

@testable import rather

/// What a process can still do once it has confined itself.
///
/// Kinds: known answers, from the main thread, a thread of a pool and one of OpenMP.
@Suite struct ConfinementTests {
  @Test(.enabled(if: Confinement.kernelVersion > 0, "the kernel offers no Landlock"))
  func `a confined process writes only where it was told to, from any thread`() throws {
    let folder = try References.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    for name in ["allowed", "forbidden", "temporary", "arranged"] {
      try FileManager.default.createDirectory(
        at: folder.appending(path: name), withIntermediateDirectories: true)
    }
    let precious = ["forbidden", "arranged"].map { folder.appending(path: "\($0)/precious") }
    for file in precious { try Data("precious data".utf8).write(to: file) }
    for name in ["own", "moved-0"] {
      try Data().write(to: folder.appending(path: "arranged/\(name)"))
    }
    let lines = try output(in: folder)
    #expect(lines.contains("threads before: 1"), "\(lines)")
    #expect(lines.contains("outcome: inForce"), "\(lines)")
    let permitted: Set<String> = [
      "write where allowed", "read a file", "write to its own file",
      "move a file where files are moved",
    ]
    let attempts = [
      "write where allowed", "write elsewhere", "write over a file", "truncate a file",
      "remove a file", "make a folder", "move a file", "map a file by an operator",
      "execute a program", "read a file", "open the terminal", "write to its own file",
      "move a file where files are moved", "write over a neighbour", "write a new neighbour",
      "move a neighbour out", "move a file in",
    ]
    for thread in ["main", "pool", "openmp"] {
      for attempt in attempts {
        let line = "\(thread): \(attempt): \(permitted.contains(attempt) ? "done" : "refused")"
        #expect(lines.contains(line), "\(line) is missing")
      }
    }
    let left = try FileManager.default.contentsOfDirectory(
      atPath: folder.appending(path: "forbidden").path)
    #expect(left == ["precious"])
    for file in precious {
      #expect(try String(contentsOf: file, encoding: .utf8) == "precious data")
    }
  }

  private func output(in folder: URL) throws -> [String] {
    let rather = try #require(Command.binary)
    let process = Process()
    process.executableURL = rather.deletingLastPathComponent()
      .appending(path: "confinement-probe")
    process.arguments = ["allowed", "forbidden", "arranged"].map {
      folder.appending(path: $0).path
    }
    // Folders for temporary files stay writable, and the others lie in one.
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["TMPDIR": folder.appending(path: "temporary").path, "OMP_NUM_THREADS": "2"]
    ) { $1 }
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let bytes = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
  }
}

/// Commands that read networks confine themselves.
///
/// Kinds: completeness over the commands, and known answers.
@Suite struct ConfinedCommandTests {
  /// Every command that can be given a network, found by what it says of itself.
  @Test func `every command that reads networks is confined`() {
    let leaves = Self.leaves(of: Rather.self)
    #expect(leaves.count > 20)
    let readers = leaves.filter {
      $0.helpMessage().contains("--model <") || $0 == Inspect.self
    }
    // Training makes networks, and the tutorial trains its own.
    #expect(readers.count >= 8)
    for command in readers { #expect(command is any ConfinedCommand.Type, "\(command)") }
  }

  @Test func `the version says whether the kernel confines`() throws {
    let workplace = try Workplace()
    defer { try? FileManager.default.removeItem(at: workplace.folder) }
    let version = try workplace.run("--version").output
    let words = Confinement.kernelVersion > 0 ? "confined by Landlock" : "offers no Landlock"
    #expect(version.contains(words), "\(version)")
  }

  /// Whatever may be named as an output stays writable: new, there already, by a link.
  @Test(arguments: ["new", "there", "link", "deep/er"])
  func `a confined command writes where it was told to`(name: String) throws {
    let workplace = try Workplace()
    defer { try? FileManager.default.removeItem(at: workplace.folder) }
    let folders = FileManager.default
    for made in ["there", "target", "deep"] {
      try folders.createDirectory(atPath: workplace.path(made), withIntermediateDirectories: true)
    }
    try folders.createSymbolicLink(
      atPath: workplace.path("link"), withDestinationPath: workplace.path("target"))
    // The workplace lies in the tests' folder for temporary files, which stays writable.
    let temporary = try References.temporaryFolder()
    defer { try? folders.removeItem(at: temporary) }
    let words = [
      "explain", "photo.png", "--model", "toy.pt2", "--why", "cello", "-o", name, "--force",
    ]
    for _ in 0..<2 {
      let done = try Command(words, in: workplace.folder, temporary: temporary)
      #expect(done.status == 0, "\(done.messages)")
      #expect(folders.fileExists(atPath: workplace.path(name + "/manifest.json")))
    }
    let hidden = folders.enumerator(atPath: workplace.folder.path)?.contains {
      ($0 as? String)?.hasSuffix(".part") ?? true
    }
    #expect(hidden == false)
  }

  /// The other kinds of outputs: a folder named after the picture, a file, records; new and there already.
  @Test func `a confined command writes files and records where it was told to`() throws {
    let place = try EvaluatePlace(pictures: 3)
    defer { try? FileManager.default.removeItem(at: place.place.folder) }
    let temporary = try References.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: temporary) }
    let documents = ["documents", "photos", "--model", "toy.pt2", "-o", "docs.txt.gz"]
    let evaluate = EvaluatePlace.words + ["--tree", "tree.json", "-o", "run"]
    for words in [
      ["explain", "photo.png", "--model", "toy.pt2"],
      ["explain", "photo.png", "--model", "toy.pt2"],
      ["sanity", "photo.png", "--model", "toy.pt2", "--explainers", "saliency"],
      ["compare", "photo.png", "--model", "toy.pt2", "--explainers", "saliency", "-o", "compared"],
      documents, documents + ["--force"], evaluate + ["--limit", "1"], evaluate,
    ] {
      let done = try Command(words, in: place.place.folder, temporary: temporary)
      #expect(done.status == 0, "\(words): \(done.messages)")
    }
    #expect(
      try place.left == [
        "compared", "docs.txt.gz", "photo-sanity", "photo-why", "photo-why-2", "run",
      ])
    #expect(try FileManager.default.contentsOfDirectory(atPath: temporary.path).isEmpty)
  }

  /// What a command keeps of its rights is its output and nothing beside it.
  @Test func `a report is written to its own folder, and none above it`() throws {
    let workplace = try Workplace()
    defer { try? FileManager.default.removeItem(at: workplace.folder) }
    let out = workplace.path("deep/er")
    let words = ["photo.png", "--model", "toy.pt2", "-o", out]
    for command in try [
      Explain.parse(words), Compare.parse(words), Sanity.parse(words),
      Counterfactual.parse(words + ["--generator", "g.pt2"]),
    ] as [any ConfinedCommand] {
      let places = command.prepared()
      let hidden = workplace.path("deep/.er-\(getpid()).part")
      #expect(places.writable == [out, hidden] && places.arranged.isEmpty)
      #expect(Set(places.clearable) == [workplace.folder.path, workplace.path("deep")])
      #expect(FileManager.default.fileExists(atPath: hidden))
      UnfinishedFiles.removeEmptyPlaces()
      #expect(try workplace.left.isEmpty)
    }
  }

  @Test func `documents are written to their own files, and a run to its folder`() throws {
    let workplace = try Workplace()
    defer { try? FileManager.default.removeItem(at: workplace.folder) }
    let out = workplace.path("out")
    let words = ["--model", "toy.pt2", "-o", out]
    let documents = try CollectDocuments.parse(["photos"] + words).prepared()
    let files = [out + ".part", "\(out).\(getpid()).part"]
    #expect(documents == .init(writable: files, arranged: [workplace.folder.path]))
    UnfinishedFiles.removeEmptyPlaces()
    let run = try EvaluateRun.parse(["--images", "photos", "--tree", "tree.json"] + words)
      .prepared()
    #expect(run == .init(writable: [out], clearable: [workplace.folder.path]))
    UnfinishedFiles.removeEmptyPlaces()
    let places =
      try [Predict.parse(["photo.png", "--model", "toy.pt2"]).prepared()]
      + [Inspect.parse(["toy.pt2"]).prepared()]
    #expect(places == [.init(), .init()])
    #expect(try workplace.left.isEmpty)
  }

  /// What was made for the output and not needed is gone, and what was there before is not.
  @Test(arguments: [
    ["explain", "none.png", "-o", "deep/er"], ["explain", "none.png"],
    ["explain", "photo.png", "--why", "drum", "-o", "empty"],
    ["documents", "none", "-o", "docs.txt.gz"],
    ["evaluate", "--images", "none", "--clusters", "cello,violin", "-o", "run"],
  ])
  func `a command that fails leaves no empty places`(words: [String]) throws {
    let workplace = try Workplace()
    defer { try? FileManager.default.removeItem(at: workplace.folder) }
    try FileManager.default.createDirectory(
      atPath: workplace.path("empty"), withIntermediateDirectories: false)
    let run = try Command(words + ["--model", "toy.pt2"], in: workplace.folder)
    #expect(run.status == 64 || run.status == 65, "\(run.messages)")
    #expect(try workplace.left == ["empty"])
  }

  private static func leaves(of command: any ParsableCommand.Type) -> [any ParsableCommand.Type] {
    let children = command.configuration.subcommands
    return children.isEmpty ? [command] : children.flatMap { leaves(of: $0) }
  }
}
