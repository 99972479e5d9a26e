internal import Foundation

extension TreeOrigin {
  /// Something that people are told, and what it is called.
  public typealias Fact = (name: String, text: String)

  /// What learning gave: documents and likelihoods.
  public var results: [Fact] {
    let left = "\(documents.dropped) of fewer than two classes left out"
    var facts: [Fact] = [("documents", "\(documents.file): \(documents.count); \(left)")]
    if let logLikelihood {
      facts.append(("log-likelihood", String(format: "%.4f a document", logLikelihood)))
    }
    if let best = attempts.max() {
      facts.append(("held out", String(format: "%.4f, the best of %d", best, attempts.count)))
    }
    return facts
  }

  /// All that is known, what was before after it.
  public var facts: [Fact] {
    let settings = settings.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    var facts = [("method", learner)] + results + [("SHA-256", documents.sha256)]
    if let seed { facts.append(("seed", String(seed))) }
    facts.append(("settings", settings.joined(separator: ", ")))
    return facts + (structure?.facts.map { ("structure: \($0.name)", $0.text) } ?? [])
  }
}
