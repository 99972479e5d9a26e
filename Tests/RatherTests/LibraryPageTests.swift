import Foundation
import TestSupport
import Testing

/// The documentation of the libraries is built, and every library has a page in it.
@Suite struct LibraryPageTests {
  private static let catalogue = References.package.appending(path: "Sources/Rather/Rather.docc")

  /// Whether there is a compiler of documentation beside that of programs.
  private static let canBuild =
    BuiltLibraries.folder != nil && (try? BuiltLibraries.run("docs", ["--check"]))?.status == 0

  @Test(.enabled(if: canBuild, "there is no docc, or no built modules"))
  func `the documentation is built without a warning`() throws {
    let folder = try References.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let built = try #require(BuiltLibraries.folder)
    let pages = folder.appending(path: "docs")
    let run = try BuiltLibraries.run("docs", [pages.path, built.path])
    #expect(run.status == 0, "\(run.text)")
    for page in ["thewayofaquestion", "anewexplainer", "anewinput", "network", "networkslibrary"] {
      let file = pages.appending(path: "data/documentation/rather/\(page).json")
      #expect(FileManager.default.fileExists(atPath: file.path), "\(page)")
    }
  }

  @Test func `every library has a page that the first page names`() throws {
    let source = References.package.appending(path: "Sources/Rather/Rather.swift")
    let exported = try String(contentsOf: source, encoding: .utf8).split(separator: "\n")
      .filter { $0.hasPrefix("@_exported") }
      .compactMap { $0.split(separator: " ").last.map(String.init) }
    try #require(exported.count > 10)
    let pages = try FileManager.default.contentsOfDirectory(
      atPath: Self.catalogue.appending(path: "Libraries").path)
    #expect(pages.sorted() == exported.map { "\($0)Library.md" }.sorted())
    let first = try String(
      contentsOf: Self.catalogue.appending(path: "Rather.md"), encoding: .utf8)
    for name in exported { #expect(first.contains("<doc:\(name)Library>"), "\(name)") }
  }
}
