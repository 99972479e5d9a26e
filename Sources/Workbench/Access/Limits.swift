internal import Foundation
internal import HTTPTypes
internal import Imagery
internal import Saliency
internal import Sessions
package import Terms

/// What one who asks may ask for, and how long the server waits for anyone.
package struct Limits: Sendable, Hashable {
  /// How many samples an explainer may take, where its settings say a number.
  package var samples = 10_000_000.0
  /// How many seconds may be worked on an answer.
  package var seconds = 3_600.0
  /// The longest side of a picture that is brought, in pixels.
  package var side = 20_000.0
  /// How many seconds a connection may be silent.
  package var idle = 30.0
  /// How many seconds a request may take to come.
  package var upload = 300.0
  /// How many connections may be open.
  package var connections = 2_000.0
  /// How many hours a login lasts.
  package var hours = 12.0

  /// Those where this machine alone may ask.
  package init() {}

  /// Those where others may ask too.
  package static var ofMany: Limits {
    var limits = Limits()
    (limits.samples, limits.seconds, limits.side) = (20_000, 120, 8_192)
    return limits
  }

  private typealias Place = any (WritableKeyPath<Limits, Double> & Sendable)

  private static let table: [(key: String, place: Place, range: ClosedRange<Double>)] = [
    ("samples", \.samples, 1...1e9), ("seconds", \.seconds, 0.1...1e6), ("side", \.side, 16...1e5),
    ("idle", \.idle, 0.5...3_600), ("upload", \.upload, 1...86_400),
    ("connections", \.connections, 8...100_000), ("hours", \.hours, 0.0001...8_760),
  ]

  /// Changes what a text names, `key=number,key=number`.
  ///
  /// - Throws: ``LimitFault``.
  package mutating func change(by text: String) throws(LimitFault) {
    for part in text.split(separator: ",") {
      let words = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let entry = Self.table.first(where: { $0.key == words[0] }) else {
        throw .unknown(String(words[0]), known: Self.table.map(\.key))
      }
      guard words.count == 2, let number = Double(words[1]), entry.range.contains(number) else {
        let bounds = [entry.range.lowerBound, entry.range.upperBound].map { Self.written($0) }
        throw .value(entry.key, from: bounds[0], to: bounds[1])
      }
      self[keyPath: entry.place] = number
    }
  }

  /// Settings whose number says how often something is done again.
  static let repeating: Set<String> = ["masks", "samples", "steps", "baselines"]

  /// Fails where the settings of a method name more samples than are allowed; defaults never do.
  func check(_ values: SettingValues) throws(Refusal) {
    let count = values.given.intersection(Self.repeating).reduce(1.0) { product, key in
      product * (values.text(key).flatMap { Double($0) } ?? 1)
    }
    if count > samples { throw Self.refusal("samples", count, samples, .unprocessableContent) }
  }

  /// Fails where a picture is larger than is allowed.
  func check(_ picture: Picture) throws(Refusal) {
    let longest = Double(max(picture.width, picture.height))
    if longest > side { throw Self.refusal("side", longest, side, .contentTooLarge) }
  }

  private static func refusal(
    _ key: String, _ number: Double, _ limit: Double, _ status: HTTPResponse.Status
  ) -> Refusal {
    let what =
      key == "side"
      ? "the picture is \(written(number)) pixels on its longer side"
      : "this takes \(written(number)) samples"
    return Refusal(
      status,
      "\(what), and the server allows \(written(limit)); ask for less, or start it with "
        + "--limits \(key)=\(written(number))")
  }

  static func written(_ number: Double) -> String {
    number == number.rounded() && abs(number) < 1e15 ? String(Int(number)) : String(number)
  }
}

/// What can be wrong with limits.
package enum LimitFault: Fault, Hashable {
  case unknown(String, known: [String])
  case value(String, from: String, to: String)

  package var kind: FaultKind { .usage }

  package var description: String {
    switch self {
    case .unknown(let key, let known):
      "--limits has no “\(key)”; it has \(known.joined(separator: ", "))"
    case .value(let key, let low, let high):
      "--limits \(key)=… must be a number from \(low) to \(high)"
    }
  }
}
