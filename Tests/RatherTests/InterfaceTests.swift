import Foundation
import TestSupport
import Testing

@testable import symbols

/// Golden: what is public is written down, so that a change of it is a conscious act.
@Suite struct InterfaceTests {
  private static let listings = References.package.appending(path: "docs/interface")

  /// Compilers of other versions spell declarations in other ways.
  #if compiler(>=6.3) && compiler(<6.4)
    private static let speaksAsListed = true
  #else
    private static let speaksAsListed = false
  #endif

  @Test(
    .enabled(if: BuiltLibraries.folder != nil, "\(BuiltLibraries.needed)"),
    .enabled(if: speaksAsListed, "the listings are those of Swift 6.3"))
  func `the public interface is the one that is written down`() throws {
    let folder = try References.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let built = try #require(BuiltLibraries.folder)
    let run = try BuiltLibraries.run("symbol-graphs", ["apart", folder.path, built.path])
    try #require(run.status == 0, "\(run.text)")
    let found = try Interface(SymbolGraph.all(in: folder)).lines
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.listings.path)
    #expect(names.sorted() == found.keys.map { $0 + ".txt" }.sorted())
    for (module, lines) in found {
      let file = Self.listings.appending(path: module + ".txt")
      let listed = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        .map(String.init)
      let added = Set(lines).subtracting(listed).sorted()
      let removed = Set(listed).subtracting(lines).sorted()
      #expect(
        lines == listed,
        """
        \(module): if that is meant, `make interface` writes it down
        \(added.map { "+ " + $0 }.joined(separator: "\n"))
        \(removed.map { "- " + $0 }.joined(separator: "\n"))
        """)
    }
  }

  @Test func `a line names its type, its declaration and what it conforms to`() throws {
    let graph = """
      {"module": {"name": "Toys"},
       "symbols": [
        {"kind": {"identifier": "swift.struct"}, "identifier": {"precise": "t"},
         "pathComponents": ["Toy"], "declarationFragments": [{"spelling": "struct "}, {"spelling": "Toy"}]},
        {"kind": {"identifier": "swift.property"}, "identifier": {"precise": "n"},
         "pathComponents": ["Toy", "count"], "declarationFragments": [{"spelling": "let\\n  count: Int"}]},
        {"kind": {"identifier": "swift.method"}, "identifier": {"precise": "e::SYNTHESIZED::t"},
         "pathComponents": ["Toy", "extra"], "declarationFragments": [{"spelling": "func extra()"}]}],
       "relationships": [
        {"kind": "conformsTo", "source": "t", "target": "s8", "targetFallback": "Swift.Sendable"},
        {"kind": "conformsTo", "source": "t", "target": "sc", "targetFallback": "Swift.Copyable"},
        {"kind": "memberOf", "source": "n", "target": "t"}]}
      """
    let decoded = try JSONDecoder().decode(SymbolGraph.self, from: Data(graph.utf8))
    #expect(
      Interface([decoded]).lines == ["Toys": ["struct Toy : Sendable", "Toy: let count: Int"]])
  }
}
