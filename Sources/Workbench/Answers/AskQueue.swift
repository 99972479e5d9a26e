/// Questions that wait: what a person looks at goes before what takes long, and that before what may come in useful; within
/// each, askers take turns.
struct AskQueue {
  /// How soon an answer is wanted.
  enum Urgency: Int, Comparable, Sendable {
    case interactive
    case long
    case background

    static func < (one: Urgency, other: Urgency) -> Bool { one.rawValue < other.rawValue }
  }

  private struct Place {
    let id: String
    let asker: String
    var urgency: Urgency
  }

  private var places: [Place] = []
  /// When each asker had the last turn.
  private var turns: [String: Int] = [:]
  private var turn = 0

  var count: Int { places.count }

  /// How many questions of an asker wait.
  func count(of asker: String) -> Int { places.count { $0.asker == asker } }

  mutating func add(_ id: String, by asker: String, _ urgency: Urgency) {
    places.append(Place(id: id, asker: asker, urgency: urgency))
  }

  mutating func remove(_ id: String) { places.removeAll { $0.id == id } }

  mutating func removeAll() { places = [] }

  /// Moves a question up, for somebody wants its answer sooner.
  mutating func hurry(_ id: String, to urgency: Urgency) {
    guard let at = places.firstIndex(where: { $0.id == id }) else { return }
    places[at].urgency = min(places[at].urgency, urgency)
  }

  /// Takes the next question.
  ///
  /// - Parameter most: The least urgent that may begin now.
  mutating func next(upTo most: Urgency) -> String? {
    let best = places.indices.filter { places[$0].urgency <= most }.min { one, other in
      rank(places[one], one) < rank(places[other], other)
    }
    guard let best else { return nil }
    let place = places.remove(at: best)
    turn += 1
    turns[place.asker] = turn
    if turns.count > 1_000 {
      let waiting = Set(places.map(\.asker))
      turns = turns.filter { waiting.contains($0.key) }
    }
    return place.id
  }

  /// Takes away the last of those that only may come in useful, to make room.
  mutating func shed() -> String? {
    guard let last = places.lastIndex(where: { $0.urgency == .background }) else { return nil }
    return places.remove(at: last).id
  }

  private func rank(_ place: Place, _ at: Int) -> (Int, Int, Int) {
    (place.urgency.rawValue, turns[place.asker] ?? 0, at)
  }
}
