internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import Terms

/// Which pictures are to be listed, and in which order.
struct InputQuery: Sendable {
  enum Order: String, Sendable {
    case name
    /// Those first whose two likeliest classes are nearly as likely.
    case undecided
  }

  /// What a network answers about pictures, by their places in the folder, and what its classes are called.
  struct Known: Sendable {
    let documents: [Int: [FolderDocuments.Class]]
    let labels: [String]
  }

  /// A picture that was found, and by which classes.
  struct Found: Sendable {
    let place: Int
    let answers: [FolderDocuments.Class]?
  }

  /// Part of a name, or of the label of a likely class.
  var find = ""
  var order = Order.name
  var from = 0
  var count = 2_000
  /// The network by whose answers pictures are found and put in order.
  var network: Int?

  /// A class that is less likely is not what a picture is found by.
  private static let leastProbability: Float = 0.01

  init() {}

  /// Reads a query from the words behind an address's question mark.
  init(_ words: Parameters) throws(Refusal) {
    func number(_ name: String, _ range: ClosedRange<Int>) throws(Refusal) -> Int? {
      guard let word = words[name[...]] else { return nil }
      guard let number = Int(word), range.contains(number) else {
        throw Refusal(
          .badRequest, "\(name) must be from \(range.lowerBound) to \(range.upperBound)")
      }
      return number
    }
    find = words["find"].map(String.init) ?? ""
    from = try number("from", 0...10_000_000) ?? 0
    count = try number("count", 1...2_000) ?? count
    network = try number("network", 0...10_000)
    if let word = words["order"] {
      guard let known = Order(rawValue: String(word)) else {
        throw Refusal(.badRequest, "order must be name or undecided")
      }
      order = known
    }
  }

  /// Whether a name holds what is looked for.
  func matches(_ name: String) -> Bool {
    find.isEmpty || name.range(of: find, options: [.caseInsensitive]) != nil
  }

  /// The pictures that are to be listed, in their order.
  func places(among names: [String], by known: Known?) -> [Found] {
    let classes = known.map(classes) ?? []
    let found = names.indices.compactMap { place -> Found? in
      let document = known?.documents[place] ?? []
      let likely = document.filter {
        classes.contains($0.index) && $0.probability >= Self.leastProbability
      }
      guard matches(names[place]) || !likely.isEmpty else { return nil }
      if !likely.isEmpty { return Found(place: place, answers: likely) }
      return Found(place: place, answers: document.isEmpty ? nil : Array(document.prefix(2)))
    }
    guard order == .undecided, let known else { return found }
    func lead(_ found: Found) -> Float {
      guard let document = known.documents[found.place], document.count > 1 else { return 2 }
      return document[0].probability - document[1].probability
    }
    return found.map { ($0, lead($0)) }.sorted { ($0.1, $0.0.place) < ($1.1, $1.0.place) }
      .map(\.0)
  }

  /// The classes whose labels hold what is looked for.
  private func classes(_ known: Known) -> Set<Int> {
    find.isEmpty ? [] : Set(known.labels.indices.filter { matches(known.labels[$0]) })
  }
}
