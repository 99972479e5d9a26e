import Foundation
import Terms
import Testing

/// Errors are ours: every type of error in the sources is a fault, with a sentence and a kind.
@Suite struct FaultTests {
  /// What declares a type or extends one: its name and the protocols after the colon.
  private static func declarations(
    in text: String
  ) -> [(name: String, protocols: [String], text: String)] {
    let pattern =
      #/(?:^|\n)[^\n\/"]*\b(?:enum|struct|class|actor|extension|protocol)\s+([\w.]+)(?:<[^{]*?>)?\s*:\s*([^{]*)\{/#
    return text.matches(of: pattern).map { match in
      let list = match.2.split(separator: " where ").first ?? ""
      let protocols = list.split { $0 == "," || $0.isWhitespace || $0 == "&" }
      return (String(match.1), protocols.map(String.init), String(match.0))
    }
  }

  private static func isError(_ protocols: [String]) -> Bool {
    !Set(protocols).isDisjoint(with: ["Error", "LocalizedError", "CustomNSError", "NSError"])
  }

  private static let sources: [(path: String, text: String)] = {
    let root = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources")
    let paths = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String }
    return (paths ?? []).filter { $0.hasSuffix(".swift") }.compactMap { path in
      (try? String(contentsOf: root.appending(path: path), encoding: .utf8)).map { (path, $0) }
    }
  }()

  @Test func `every type of error in the sources is a fault`() {
    #expect(Self.sources.count > 100)
    for (path, text) in Self.sources where path != "Terms/Fault.swift" {
      for declaration in Self.declarations(in: text) where Self.isError(declaration.protocols) {
        Issue.record("\(path): \(declaration.name) is an Error and no Fault")
      }
    }
  }

  @Test func `whatever a function says that it throws is a fault`() {
    let faults = Set(
      Self.sources.flatMap { Self.declarations(in: $0.text) }
        .filter { $0.protocols.contains("Fault") }.map(\.name))
    #expect(faults.count > 25)
    for (path, text) in Self.sources {
      for match in text.matches(of: #/\bthrows\((?:any )?([\w.]+)\)/#) {
        let name = match.1.split(separator: ".").last.map(String.init) ?? ""
        #expect(faults.contains(name) || name == "Fault", "\(path): throws(\(match.1))")
      }
    }
  }

  @Test(arguments: [
    "enum A: Error {", "struct B: Hashable, Error {", "public enum C:\n  Error, Sendable\n{",
    "extension D: Error {", "final class E<T>: LocalizedError where T: Sendable {",
    "extension F: @retroactive Error {",
  ])
  func `an error is found however it is declared`(text: String) {
    #expect(Self.declarations(in: "import X\n\n" + text).contains { Self.isError($0.protocols) })
  }

  @Test(arguments: ["enum A: Fault {", "func f<E: Error>(_ e: E) {", "struct B: Hashable {"])
  func `what is no error is not taken for one`(text: String) {
    #expect(!Self.declarations(in: text).contains { Self.isError($0.protocols) })
  }

  @Test func `kinds are the statuses that are documented`() {
    #expect(FaultKind.allCases.map(\.rawValue) == [64, 65, 70, 74])
  }
}

/// Errors of other libraries have a sentence of ours before their own.
@Suite struct ForeignFaultTests {
  private struct Strange: Error {}

  @Test func `a file that the system refuses is named, and is the machine's fault`() throws {
    let path = "/nowhere-\(UUID().uuidString)/x"
    let error = #expect(throws: CocoaError.self) {
      try Data().write(to: URL(filePath: path))
    }
    let fault = ForeignFault(try #require(error))
    #expect(fault.kind == .io)
    #expect(fault.description.hasPrefix(path + " could not be read or written"), "\(fault)")
  }

  @Test func `data that a decoder refuses are told as data`() throws {
    let error = #expect(throws: (any Error).self) {
      try JSONDecoder().decode([Int].self, from: Data("{}".utf8))
    }
    let fault = ForeignFault(try #require(error))
    #expect(fault.kind == .data && fault.description.hasPrefix("what was read"), "\(fault)")
  }

  @Test func `numbers that an encoder refuses are a defect`() throws {
    let error = #expect(throws: (any Error).self) { try JSONEncoder().encode([Double.nan]) }
    let fault = ForeignFault(try #require(error))
    #expect(fault.kind == .defect && fault.description.hasPrefix("an answer"), "\(fault)")
  }

  @Test func `anything else is a defect, and is not printed bare`() {
    let fault = ForeignFault(Strange())
    #expect(fault.kind == .defect && fault.description.hasPrefix("something failed"), "\(fault)")
  }
}
