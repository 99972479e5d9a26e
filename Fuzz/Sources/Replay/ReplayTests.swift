import Foundation
import Terms
import TestSupport
import Testing

/// What the fuzzer found is given to the readers again.
///
/// Kinds: bad input. A crash ends the process of the tests; `make fuzz RUNS=0` names the file then.
@Suite struct ReplayTests {
  private static func corpus(of target: FuzzTarget) throws -> [URL] {
    try FileManager.default.contentsOfDirectory(
      at: References.package.appending(path: "Fuzz/Corpus/\(target)"),
      includingPropertiesForKeys: nil
    ).sorted { $0.path < $1.path }
  }

  @Test(arguments: FuzzTarget.allCases)
  func `every file of the corpus is answered, or refused in a sentence`(target: FuzzTarget) throws {
    let reader = try target.reader(in: Scratch())
    var (answered, refused) = (0, 0)
    for file in try Self.corpus(of: target) {
      do {
        try reader([UInt8](try Data(contentsOf: file)))
        answered += 1
      } catch {
        refused += 1
        if let fault = Sentence.fault(of: error) {
          Issue.record("\(target)/\(file.lastPathComponent): \(fault)")
        }
      }
    }
    // A corpus that is refused at the door, or holds what is sound only, finds nothing.
    #expect(answered > 0 && refused > 0, "\(answered) answered, \(refused) refused")
  }

  @Test(arguments: FuzzTarget.allCases)
  func `what the fuzzer begins with is answered`(target: FuzzTarget) throws {
    if target == .operators { return }
    let scratch = try Scratch()
    let reader = try target.reader(in: scratch)
    let seeds = try Seeds.of(target, in: scratch)
    #expect(!seeds.isEmpty)
    for (name, bytes) in seeds {
      do { try reader(bytes) } catch { Issue.record("\(target)/\(name): \(error)") }
    }
  }

  @Test func `a sentence is told from what is none`() {
    struct Foreign: Error {}
    struct Own: Fault {
      var kind: FaultKind = .data
      var description = "a file is no picture"
    }
    #expect(Sentence.fault(of: Foreign()) != nil)
    #expect(Sentence.fault(of: Own(kind: .defect)) != nil)
    #expect(Sentence.fault(of: Own(description: " ")) != nil)
    #expect(Sentence.fault(of: Own()) == nil)
  }
}
