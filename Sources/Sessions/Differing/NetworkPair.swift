internal import Imagery
internal import Networks
internal import Tensors
internal import Terms

/// An old and a new network, whose classes are matched by their names.
struct NetworkPair: Sendable {
  let old: Network
  let new: Network
  let device: Device
  private let oldNames: [String]
  private let newNames: [String]
  private let oldPlaces: [String: Int]
  private let newPlaces: [String: Int]

  init(old: Network, new: Network, device: Device) {
    (self.old, self.new, self.device) = (old, new, device)
    (oldNames, newNames) = (Self.names(of: old), Self.names(of: new))
    (oldPlaces, newPlaces) = (Self.places(oldNames), Self.places(newNames))
  }

  /// The classes as lists show them, no two alike.
  private static func names(of network: Network) -> [String] {
    let shown = network.labels.shownNames
    return (0..<network.classCount).map { $0 < shown.count ? shown[$0] : network.labels[$0] }
  }

  private static func places(_ names: [String]) -> [String: Int] {
    Dictionary(names.enumerated().map { ($1, $0) }) { first, _ in first }
  }

  /// Classes that the new network does not know by that name.
  var onlyOld: [String] { oldNames.filter { newPlaces[$0] == nil } }
  /// Classes that the old network does not know by that name.
  var onlyNew: [String] { newNames.filter { oldPlaces[$0] == nil } }

  /// The place of a class among those of the old network; `nil` where it does not know it.
  func inOld(_ name: String) -> Int? { oldPlaces[name] }
  /// The place of a class among those of the new network; `nil` where it does not know it.
  func inNew(_ name: String) -> Int? { newPlaces[name] }

  /// The class that a folder names: by its name, letter case aside, with `_` for a blank, or by what stands before a
  /// comma in it, where one class alone fits.
  func truth(ofFolder name: String) -> String? {
    if let exact = [oldPlaces, newPlaces].lazy.compactMap({ $0[name] == nil ? nil : name }).first {
      return exact
    }
    let plain = Self.plain(name)
    if plain.isEmpty { return nil }
    let fitting = Set(oldNames + newNames).filter { label in
      Self.plain(label) == plain || Self.plain(String(label.prefix { $0 != "," })) == plain
    }
    return fitting.count == 1 ? fitting.first : nil
  }

  private static func plain(_ name: String) -> String {
    name.lowercased().replacing("_", with: " ").split(whereSeparator: \.isWhitespace)
      .joined(separator: " ")
  }

  /// Fails where their answers cannot be compared.
  func check() throws {
    for (network, name) in [(old, "old"), (new, "new")] {
      try network.checkAnswersOnce(for: "diff")
      try network.checkHasProbabilities(for: "diff")
      if network.card.task == .regression { throw DiffFault.noClasses(name) }
      if network.threshold != nil { throw DiffFault.severalLabels(name) }
    }
    if !oldNames.contains(where: { newPlaces[$0] != nil }) {
      throw DiffFault.nothingShared(oldNames.first ?? "", newNames.first ?? "")
    }
  }
}

/// Why two networks, or what they answer, cannot be compared.
enum DiffFault: Fault {
  case noClasses(String)
  case severalLabels(String)
  /// No class has the same name; the first of each.
  case nothingShared(String, String)
  case nothingRead(Int)

  var kind: FaultKind {
    switch self {
    case .noClasses, .severalLabels: .usage
    case .nothingShared, .nothingRead: .data
    }
  }

  var description: String {
    switch self {
    case .noClasses(let which):
      "the \(which) network is a regression, and diff compares the likeliest classes of two classifiers"
    case .severalLabels(let which):
      "the \(which) network finds labels that are each there or not, of which none is its one answer; diff compares "
        + "classifiers whose classes exclude each other"
    case .nothingShared(let old, let new):
      "no class of the old network has the name of one of the new network (“\(old)” here, “\(new)” there), so that "
        + "every answer would differ; give both the same labels, in their cards"
    case .nothingRead(let count):
      (count == 1 ? "the only picture could not" : "none of \(count) pictures could")
        + " be asked about, so that there is nothing to compare"
    }
  }
}
