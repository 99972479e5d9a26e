import Evaluation
import Foundation
import Networks
import Terms
import TestSupport
import Testing

/// What a full disk, a limit of sizes and missing rights leave: all that was there, nothing half done,
/// one status, and a sentence that names the place.
@Suite struct RefusedWritingTests {
  static let all = (WritingCommand.ofFiles + WritingCommand.ofFolders).filter { !$0.isSlow }

  private func place() throws -> OutputPlace {
    let place = try OutputPlace()
    try place.place.write("more-labels.txt", "a\nb\nc\nd\ne\nf\n")
    return place
  }

  private func expectRefused(
    _ run: RefusingMachine.Ending, naming name: String, _ place: OutputPlace,
    before: [String: Data], saying text: String
  ) throws {
    #expect(run.status == 74, "\(run.status): \(run.messages)")
    let last = run.messages.split(separator: "\n").last.map(String.init) ?? ""
    // Some write two files, and the other comes first.
    let isNamed = last.contains(name) || last.contains("t.json")
    #expect(last.hasPrefix("Error: ") && isNamed, "\(run.messages)")
    #expect(last.contains(text), "\(run.messages)")
    let after = try place.contents().filter { !$0.key.contains("-kept-") }
    #expect(Set(after.keys) == Set(before.keys), "\(after.keys.sorted())")
    #expect(before.allSatisfy { after[$0.key] == $0.value })
  }

  @Test(.enabled(if: RefusingMachine.canLimit, "wants prlimit"), arguments: all)
  func `a file that grows larger than files may be`(command: WritingCommand) throws {
    // SQLite wants to write beside a run that it reads.
    if command.words.contains("report") { return }
    let place = try place()
    let name = "out" + command.ending
    let before = try place.contents()
    let run = try RefusingMachine.run(
      command.words(name), behind: [RefusingMachine.prlimit, "--fsize=1"], in: place,
      environment: ["TMPDIR": place.place.folder.path])
    try expectRefused(run, naming: name, place, before: before, saying: "larger than files may be")
  }

  @Test(.enabled(if: RefusingMachine.canMount, "wants the right to mount a disk"), arguments: all)
  func `a full disk keeps what it had`(command: WritingCommand) throws {
    let place = try place()
    let disk = try SmallDisk(at: place.place.path("disk"), bytes: 1 << 20)
    let name = "disk/out" + command.ending
    if WritingCommand.ofFiles.contains(where: { $0.words == command.words }) {
      try place.place.write(name, "mine")
    }
    try disk.fill()
    let before = try place.contents()
    let run = try RefusingMachine.run(
      command.words(name, "--force"), in: place,
      environment: ["TMPDIR": place.place.folder.path])
    try expectRefused(run, naming: name, place, before: before, saying: "the disk is full")
  }

  @Test(
    .enabled(if: RefusingMachine.asNobody != nil, "wants setpriv to give rights away"),
    arguments: all)
  func `a folder that may not be written to`(command: WritingCommand) throws {
    let place = try place()
    let folder = place.place.path("closed")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    chmod(folder, 0o555)
    chmod(place.place.folder.path, 0o755)
    let before = try place.contents()
    let run = try RefusingMachine.run(
      command.words("closed/out" + command.ending), behind: RefusingMachine.asNobody ?? [],
      in: place, environment: ["HOME": "/nowhere", "TMPDIR": "/nowhere"])
    try expectRefused(
      run, naming: "closed", place, before: before, saying: "permission")
  }

  @Test(.enabled(if: RefusingMachine.canMount, "wants the right to mount a disk"))
  func `a trained network is kept where there is room`() throws {
    let place = try place()
    let disk = try SmallDisk(at: place.place.path("disk"), bytes: 1 << 16)
    let kept = place.place.path("kept")
    try FileManager.default.createDirectory(atPath: kept, withIntermediateDirectories: true)
    try disk.fill(leaving: 8192)
    let run = try RefusingMachine.run(
      ["train", "classifier", "--data", "data", "--size", "16", "--epochs", "1"]
        + ["-o", "disk/net.pt2"], in: place, environment: ["TMPDIR": kept])
    #expect(run.status == 74, "\(run.messages)")
    #expect(run.messages.contains("the disk is full"), "\(run.messages)")
    #expect(run.messages.contains("is kept as \(kept)"), "\(run.messages)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: disk.path) == ["filler"])
    let names = try FileManager.default.contentsOfDirectory(atPath: kept).sorted()
    let name = try #require(names.first { $0.hasSuffix(".pt2") })
    #expect(names.count == 2 && name.hasPrefix("net-kept-"), "\(names)")
    #expect(try Network(contentsOf: "\(kept)/\(name)").labels.names == ["dark", "light"])
  }

  @Test(.enabled(if: RefusingMachine.canMount, "wants the right to mount a disk"))
  func `an evaluation on a full disk goes on once there is room`() throws {
    let place = try place()
    let disk = try SmallDisk(at: place.place.path("disk"), bytes: 1 << 20)
    var statuses: [Int32] = []
    let words = EvaluatePlace.words + ["--tree", "tree.json", "-o", "disk/run"]
    for room in [0, 8192, 40960, 81920] {
      try disk.fill(leaving: room)
      let run = try RefusingMachine.run(words, in: place)
      statuses.append(run.status)
      #expect(run.status == 74 || run.status == 0, "\(room): \(run.status) \(run.messages)")
      if run.status == 74 { #expect(run.messages.contains("disk/run"), "\(run.messages)") }
      try FileManager.default.removeItem(atPath: disk.path + "/filler")
    }
    #expect(statuses.contains(74), "\(statuses)")
    #expect(try RefusingMachine.run(words, in: place).status == 0)
    let whole = EvaluatePlace.words + ["--tree", "tree.json", "-o", "whole"]
    #expect(try RefusingMachine.run(whole, in: place).status == 0)
    let found = try EvaluationRun.open(disk.path + "/run")
    let wanted = try EvaluationRun.open(place.place.path("whole"))
    #expect(found.pictures == wanted.pictures && found.methods == wanted.methods)
    for picture in wanted.pictures {
      #expect(try found.pairs(of: picture) == wanted.pairs(of: picture))
    }
  }

  @Test(
    .enabled(if: RefusingMachine.asNobody != nil, "wants setpriv to give rights away"),
    arguments: [false, true])
  func `a run is read by one who may not write it`(isUnfinished: Bool) throws {
    let place = try place()
    let run = place.place.path("run")
    if isUnfinished {
      // A process that was killed leaves what it wrote last in a second file.
      try place.leaveLog(in: "run")
      #expect(FileManager.default.fileExists(atPath: run + "/records.sqlite-wal"))
    }
    // One who may write to a copy of it.
    try FileManager.default.createDirectory(
      atPath: place.place.path("sound"), withIntermediateDirectories: true)
    try FileManager.default.copyItem(atPath: run, toPath: place.place.path("sound/run"))
    let wanted = try place.run(["evaluate", "report", "sound/run"]).output
    let before = try place.contents()
    for name in try FileManager.default.contentsOfDirectory(atPath: run) {
      chmod("\(run)/\(name)", 0o444)
    }
    chmod(run, 0o555)
    chmod(place.place.folder.path, 0o755)
    let command = Process()
    let words =
      (RefusingMachine.asNobody ?? []) + [Command.binary?.path ?? "", "evaluate", "report", "run"]
    command.executableURL = URL(filePath: words[0])
    command.arguments = Array(words.dropFirst())
    command.currentDirectoryURL = place.place.folder
    command.environment = ["TMPDIR": "/tmp", "PATH": "/usr/bin"]
    let output = Pipe()
    command.standardOutput = output
    try command.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    command.waitUntilExit()
    #expect(command.terminationStatus == 0)
    #expect(text == wanted)
    #expect(try place.contents() == before)
    chmod(run, 0o755)
  }
}

extension OutputPlace {
  /// Leaves a run as a killed process does: its last transaction in the log beside the records.
  fileprivate func leaveLog(in run: String) throws {
    let process = Process()
    process.executableURL = Command.binary
    process.arguments =
      EvaluatePlace.words + ["--tree", "tree.json", "-o", run, "--schemes", "swox,cwox-1sa"]
    process.currentDirectoryURL = place.folder
    process.standardError = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    while process.isRunning,
      !FileManager.default.fileExists(atPath: place.path(run) + "/records.sqlite-wal")
    {
      Thread.sleep(forTimeInterval: 0.001)
    }
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }
}
