import Foundation
import Tensors
import TestSupport
import Testing

@testable import Networks

/// The list of operators that a network may call, against all that libtorch registers.
///
/// Kinds: completeness over libtorch's own schemas, and bad input.
@Suite struct AllowedOperatorsTests {
  @Test func `every operator of libtorch is allowed, or refused with a reason`() throws {
    let refused = try RefusedOperators()
    let all = Set(Operator.allNames)
    let allowed = all.filter(AllowedOperators.contains)
    let unknown = all.subtracting(allowed).subtracting(refused.names)
    #expect(
      unknown.isEmpty,
      "look at these operators of libtorch \(LibTorch.version) and add each to a family of AllowedOperators, or to refused-operators.txt under a reason: \(unknown.sorted())"
    )
    // Fewer than that would mean that libtorch registered nothing.
    #expect(all.count > 3000)
  }

  @Test func `no operator is on both lists, or twice on one`() throws {
    let refused = try RefusedOperators()
    let allowed = AllowedOperators.families.flatMap(\.names)
    #expect(Set(allowed).count == allowed.count, "\(Self.repeated(allowed))")
    let listed = refused.reasons.flatMap(\.names)
    #expect(Set(listed).count == listed.count, "\(Self.repeated(listed))")
    let both = refused.names.filter(AllowedOperators.contains)
    #expect(both.isEmpty, "\(both.sorted())")
  }

  @Test func `every allowed operator is one of libtorch's, and so is its safe twin`() throws {
    let all = Set(Operator.allNames)
    let names = AllowedOperators.families.flatMap(\.names).map { "aten::" + $0 }
    let missing = names.filter { !all.contains($0) }
    #expect(missing.isEmpty, "\(missing)")
    let twins = names.compactMap(AllowedOperators.safeTwin)
    #expect(twins.count == 6)
    #expect(twins.allSatisfy { all.contains($0) && AllowedOperators.contains($0) }, "\(twins)")
  }

  /// An operator that writes where it is told may change the size of what it writes to.
  @Test func `no allowed operator takes the tensor that it writes its result to`() throws {
    for name in AllowedOperators.families.flatMap(\.names) {
      let overload = name.split(separator: ".").dropFirst().first ?? ""
      #expect(overload != "out" && !name.hasSuffix("_out"), "\(name)")
    }
  }

  @Test(arguments: [
    ("reads or writes files", OperatorRefusal.files),
    ("talks to other processes", .otherProcesses), ("prints", .printing),
    ("changes the size or the memory of a tensor in place", .sizesInPlace),
  ])
  func `the error gives the reason of the list`(reason: String, refusal: OperatorRefusal) throws {
    let listed = try #require(try RefusedOperators().reasons.first { $0.reason == reason })
    // What only differs by writing to a given tensor is refused for either.
    for name in listed.names where !name.hasSuffix("out") && name != "_copy_from" {
      let full = name.contains("::") ? name : "aten::" + name
      #expect(OperatorRefusal(of: full) == refusal, "\(full)")
    }
  }

  private static func repeated(_ names: [String]) -> [String] {
    Dictionary(grouping: names, by: { $0 }).filter { $0.value.count > 1 }.keys.sorted()
  }
}

/// The committed list of operators that no network may call.
private struct RefusedOperators {
  var reasons: [(reason: String, names: [String])] = []

  init() throws {
    let url = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "refused-operators.txt")
    for line in try String(contentsOf: url, encoding: .utf8).split(separator: "\n") {
      if line.hasPrefix("## ") {
        reasons.append((String(line.dropFirst(3)), []))
      } else if !line.hasPrefix("#"), !reasons.isEmpty {
        reasons[reasons.count - 1].names += line.split(separator: " ").map(String.init)
      }
    }
  }

  /// With their namespaces.
  var names: Set<String> {
    Set(reasons.flatMap(\.names).map { $0.contains("::") ? $0 : "aten::" + $0 })
  }
}
