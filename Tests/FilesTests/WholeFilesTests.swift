import Foundation
import Terms
import TestSupport
import Testing

@testable import Files

/// Files that appear together, locks of names, and what killed processes left: bad input, invariants.
@Suite struct WholeFilesTests {
  private func folder() throws -> URL { try References.temporaryFolder() }

  private func names(_ folder: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  @Test func `files appear together, and none where one cannot be`() throws {
    let folder = try folder()
    let files = WholeFiles()
    try files.add([1], to: folder.appending(path: "a").path)
    try files.add([2, 3], to: folder.appending(path: "b").path)
    #expect(try !names(folder).contains("a") && !names(folder).contains("b"))
    #expect(throws: FileError.self) {
      try files.add([4], to: folder.appending(path: "none/c").path)
    }
    files.discard()
    #expect(try names(folder).isEmpty)
    let whole = WholeFiles()
    try whole.add([1], to: folder.appending(path: "a").path)
    try whole.add([2, 3], to: folder.appending(path: "b").path)
    try whole.commit()
    #expect(try names(folder) == ["a", "b"])
    #expect(try Data(contentsOf: folder.appending(path: "b")) == Data([2, 3]))
  }

  @Test func `what a killed process left goes, what a living one writes stays`() throws {
    let folder = try folder()
    // No process has the largest number there can be.
    let (dead, alive) = ("a.\(Int32.max).part", "a.\(getppid()).part")
    for name in [dead, alive, "a.notes.part", "b.\(Int32.max).part"] {
      try Data("x".utf8).write(to: folder.appending(path: name))
    }
    try WholeFile.write([1], to: folder.appending(path: "a").path)
    #expect(try names(folder) == ["a", alive, "a.notes.part", "b.\(Int32.max).part"].sorted())
  }

  @Test func `a place has one name, by whatever links and dots it is reached`() throws {
    let folder = try folder()
    let path = folder.path
    try FileManager.default.createDirectory(
      atPath: path + "/deep", withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: path + "/link", withDestinationPath: path + "/deep")
    let one = OutputLock.canonical(path + "/deep/new")
    for other in ["/link/new", "/deep/./new", "/deep/../link/new", "/deep//new"] {
      #expect(OutputLock.canonical(path + other) == one, "\(other)")
    }
    #expect(OutputLock.canonical(path + "/link") == OutputLock.canonical(path + "/deep/"))
    #expect(OutputLock.canonical(path + "/deep/other") != one)
    #expect(throws: FileError.self) {
      try OutputLock.takeAll([path + "/deep/new", path + "/link/new"])
    }
    // A process that has a name may take it again.
    try OutputLock.take(path + "/deep/new")
    try OutputLock.take(path + "/link/new")
  }

  @Test func `what the system refuses is told by whose fault it is`() {
    for (number, kind) in [
      (ENOSPC, 74), (EDQUOT, 74), (EROFS, 74), (EACCES, 74), (EPERM, 74), (EFBIG, 74), (EIO, 74),
      (ENOENT, 64), (ENOTDIR, 64), (EISDIR, 64), (ENAMETOOLONG, 64), (ELOOP, 64),
    ] as [(Int32, Int32)] {
      let error = FileError.refusal(of: "x", number)
      #expect(error.kind.rawValue == kind && error.description.hasPrefix("x cannot be written: "))
    }
  }
}
