import Foundation
import Rather
import TestSupport
import Testing

/// What is said in several places is said alike.
@Suite struct ReleaseTests {
  private func text(_ name: String) throws -> String {
    try String(contentsOf: References.package.appending(path: name), encoding: .utf8)
  }

  @Test func `the changelog and the citation name the version`() throws {
    let changes = try text("CHANGELOG.md").split(separator: "\n")
    let first = try #require(changes.first { $0.hasPrefix("## [") && !$0.contains("Unreleased") })
    #expect(first.hasPrefix("## [\(Release.version)]"))
    let citation = try text("CITATION.cff").split(separator: "\n")
    #expect(citation.contains { $0 == "version: \(Release.version)" })
  }

  @Test func `the product with all libraries holds every library that one import gives`() throws {
    let exported = Set(
      try text("Sources/Rather/Rather.swift").split(separator: "\n")
        .compactMap { $0.split(separator: " ").last.map(String.init) }
        .filter { FileManager.default.fileExists(atPath: Self.source($0).path) })
    let folders = try FileManager.default.contentsOfDirectory(atPath: Self.source("").path)
      .filter { !["rather", "Rather", "Workbench"].contains($0) && !Self.isOfC($0) }
    #expect(exported == Set(folders))
  }

  private static func source(_ name: String) -> URL {
    References.package.appending(path: "Sources/\(name)")
  }

  /// `CGD`, `CLibTorch`: C, or a name for it.
  private static func isOfC(_ name: String) -> Bool {
    name.prefix(2).allSatisfy(\.isUppercase) && name.hasPrefix("C")
  }
}
