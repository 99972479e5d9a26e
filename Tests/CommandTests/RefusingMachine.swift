import Foundation
import TestSupport

/// A machine that refuses to write: by limits, rights and a disk of its own.
enum RefusingMachine {
  static let prlimit = "/usr/bin/prlimit"
  static let setpriv = "/usr/bin/setpriv"
  static let canLimit = FileManager.default.isExecutableFile(atPath: prlimit)

  /// Words before a command that take rights away which only the superuser has; `nil` where they
  /// cannot be taken.
  static var asNobody: [String]? {
    if geteuid() != 0 { return [] }
    guard FileManager.default.isExecutableFile(atPath: setpriv) else { return nil }
    return [setpriv, "--reuid", "65534", "--regid", "65534", "--clear-groups"]
  }

  /// Whether a small disk can be made.
  static let canMount: Bool = {
    guard geteuid() == 0, let folder = try? References.temporaryFolder() else { return false }
    return (try? SmallDisk(at: folder.path, bytes: 1 << 16)) != nil
  }()

  /// What a command said, and how it ended.
  struct Ending {
    let status: Int32
    let messages: String
  }

  /// Runs a command; its messages go through a pipe, which no limit of files holds for.
  static func run(
    _ words: [String], behind prefix: [String] = [], in place: OutputPlace,
    environment: [String: String] = [:]
  ) throws -> Ending {
    try run(
      prefix + [Command.binary?.path ?? ""] + words, in: place.place.folder,
      environment: environment)
  }

  /// Runs a program with its arguments.
  static func run(
    _ whole: [String], in folder: URL, environment: [String: String] = [:]
  ) throws -> Ending {
    let process = Process()
    process.executableURL = URL(filePath: whole[0])
    process.arguments = Array(whole.dropFirst())
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let messages = Pipe()
    process.standardError = messages
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    let text = String(decoding: messages.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return Ending(
      status: process.terminationReason == .exit ? process.terminationStatus : -1, messages: text)
  }
}

/// A disk in memory, of a size, that goes with its owner.
final class SmallDisk {
  let path: String

  struct NotPermitted: Error {}

  init(at path: String, bytes: Int) throws {
    self.path = path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try Self.run("mount", "-t", "tmpfs", "-o", "size=\(bytes)", "tmpfs", path)
  }

  deinit { try? Self.run("umount", "-l", path) }

  func resize(to bytes: Int) throws {
    try Self.run("mount", "-o", "remount,size=\(bytes)", path)
  }

  /// Leaves no more room than some bytes.
  func fill(leaving room: Int = 0) throws {
    var facts = statvfs()
    guard statvfs(path, &facts) == 0 else { throw NotPermitted() }
    let free = Int(facts.f_bavail) * Int(facts.f_frsize)
    try Data(count: max(0, free - room)).write(to: URL(filePath: path + "/filler"))
  }

  private static func run(_ words: String...) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = words
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    if process.terminationStatus != 0 { throw NotPermitted() }
  }
}
