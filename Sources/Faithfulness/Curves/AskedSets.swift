internal import Terms

/// Sets of classes, each once, and where each stands.
struct AskedSets {
  /// The sets in the order they were first named.
  private(set) var all: [ClassSet] = []
  private var columns: [ClassSet: Int] = [:]

  init(_ sets: [ClassSet]) {
    for set in sets where columns[set] == nil {
      columns[set] = all.count
      all.append(set)
    }
  }

  func column(of set: ClassSet) -> Int? { columns[set] }
}
