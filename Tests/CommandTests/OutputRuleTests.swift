import Files
import Foundation
import TestSupport
import Testing

/// Nothing of the user's is lost: every command that writes, by a table, before what it could destroy.
@Suite struct OutputRuleTests {
  private static let mine = "mine, and nowhere else"

  /// Expects that a command was refused as wrong usage, and that every file is as it was.
  private func refused(
    _ place: OutputPlace, _ words: [String], saying text: String, before: [String: Data]
  ) throws {
    let run = try place.run(words)
    #expect(run.status == 64, "\(words): \(run.status) \(run.messages)")
    #expect(run.messages.contains(text), "\(words): \(run.messages)")
    let after = try place.contents()
    let lost = before.filter { after[$0.key] != $0.value }.keys.sorted()
    let left = after.keys.filter { before[$0] == nil }.sorted()
    #expect(lost.isEmpty && left.isEmpty, "\(words): lost \(lost), left \(left)")
  }

  @Test(arguments: WritingCommand.ofFiles)
  func `a file that is there stays, and goes where that is said`(command: WritingCommand) throws {
    let place = try OutputPlace()
    try place.place.write("more-labels.txt", "a\nb\nc\nd\ne\nf\n")
    let name = "there" + command.ending
    try place.place.write(name, Self.mine)
    try refused(
      place, command.words(name), saying: "--force", before: place.contents())
    if command.isSlow { return }
    let forced = try place.run(command.words(name, "--force"))
    #expect(forced.status == 0, "\(forced.messages)")
    #expect(try place.bytes(name) != Data(Self.mine.utf8))
    #expect(!(try place.contents().keys.contains { $0.contains(".part") }))
  }

  @Test(arguments: WritingCommand.ofFiles)
  func `what is read is never written over, by whatever name`(command: WritingCommand) throws {
    let place = try OutputPlace()
    try place.place.write("more-labels.txt", "a\nb\nc\nd\ne\nf\n")
    for (number, input) in command.inputs.enumerated() {
      let (link, hard) = ("link\(number)" + command.ending, "hard\(number)" + command.ending)
      try FileManager.default.createSymbolicLink(
        atPath: place.place.path(link), withDestinationPath: place.place.path(input))
      try FileManager.default.linkItem(
        atPath: place.place.path(input), toPath: place.place.path(hard))
      let plain = command.ending.isEmpty ? [input, "./photos/../" + input] : []
      for output in plain + [link, hard] {
        try refused(
          place, command.words(output, "--force"), saying: "read from in this call",
          before: place.contents())
      }
    }
  }

  @Test(arguments: WritingCommand.ofFiles)
  func `a folder or a database is not written over by a file`(command: WritingCommand) throws {
    let place = try OutputPlace()
    try place.place.write("more-labels.txt", "a\nb\nc\nd\ne\nf\n")
    let (folder, database) = ("folder" + command.ending, "other" + command.ending)
    try FileManager.default.createDirectory(
      atPath: place.place.path(folder + "/inside"), withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      atPath: place.place.path("run/records.sqlite"), toPath: place.place.path(database))
    let before = try place.contents()
    try refused(place, command.words(folder, "--force"), saying: "is a folder", before: before)
    try refused(place, command.words(database, "--force"), saying: "database", before: before)
  }

  @Test(arguments: WritingCommand.ofFolders)
  func `a folder that is not empty stays, and a report goes where that is said`(
    command: WritingCommand
  ) throws {
    let place = try OutputPlace()
    if command.isSlow { return }
    #expect(try place.run(command.words("out")).status == 0)
    try refused(place, command.words("out"), saying: "--force", before: place.contents())
    try place.place.write("out/notes.txt", Self.mine)
    let forced = try place.run(command.words("out", "--force"))
    #expect(forced.status == 0, "\(forced.messages)")
    #expect(try place.bytes("out/notes.txt") == Data(Self.mine.utf8))
  }

  @Test(arguments: WritingCommand.ofFolders)
  func `no report is put where what is read lies, nor over what is no report`(
    command: WritingCommand
  ) throws {
    let place = try OutputPlace()
    try FileManager.default.createSymbolicLink(
      atPath: place.place.path("here"), withDestinationPath: place.place.folder.path)
    try FileManager.default.createDirectory(
      atPath: place.place.path("hard"), withIntermediateDirectories: true)
    for input in command.inputs {
      let folder = input.split(separator: "/").dropLast().joined(separator: "/")
      let hard = "hard/" + input.replacing("/", with: "-")
      try FileManager.default.linkItem(
        atPath: place.place.path(input), toPath: place.place.path(hard))
      for output in [folder.isEmpty ? "." : folder, "here/" + folder, "hard"] {
        try refused(
          place, command.words(output, "--force"), saying: "read from in this call",
          before: place.contents())
      }
      try FileManager.default.removeItem(atPath: place.place.path(hard))
    }
    for (name, saying) in [
      ("records.sqlite", "database"), ("index.html", "of no report"),
      ("manifest.json", "of no report"), ("maps.npz", "of no report"),
    ] {
      let other = "other-\(name)"
      try FileManager.default.createDirectory(
        atPath: place.place.path(other), withIntermediateDirectories: true)
      if name == "records.sqlite" {
        try FileManager.default.copyItem(
          atPath: place.place.path("run/records.sqlite"),
          toPath: place.place.path("\(other)/\(name)"))
      } else {
        try place.place.write("\(other)/\(name)", Self.mine)
      }
      try refused(
        place, command.words(other, "--force"), saying: saying, before: place.contents())
    }
    try place.place.write("file", Self.mine)
    try refused(
      place, command.words("file", "--force"), saying: "it is a file", before: place.contents())
  }

  @Test func `a second writer to a name is refused while the first works`() throws {
    let place = try OutputPlace()
    let words = ["train", "classifier", "--data", "data", "--size", "16", "-o", "net.pt2"]
    let first = Process()
    first.executableURL = Command.binary
    first.arguments = words + ["--epochs", "100000"]
    first.currentDirectoryURL = place.place.folder
    let messages = Pipe()
    first.standardError = messages
    first.standardOutput = FileHandle.nullDevice
    try first.run()
    // It says so once it is at work.
    _ = messages.fileHandleForReading.availableData
    let before = try place.contents()
    let card = ["tree", "convert", "tree.json", "-o", "./net.json"]
    for second in [words + ["--epochs", "1"], words + ["--force", "--epochs", "1"], card] {
      try refused(place, second, saying: "another process is at work", before: before)
    }
    kill(first.processIdentifier, SIGKILL)
    first.waitUntilExit()
    let after = try place.run(words + ["--epochs", "1"])
    #expect(after.status == 0, "\(after.messages)")
  }
}
