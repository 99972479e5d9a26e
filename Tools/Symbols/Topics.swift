/// The types of each module in groups, as a page of documentation lists them.
struct Topics {
  /// Names by group and module; groups in the order that they are shown in.
  let modules: [String: [(title: String, names: [String])]]

  private static let types: Set = ["struct", "class", "enum", "protocol", "typealias", "actor"]

  init(_ graphs: [SymbolGraph]) {
    var modules: [String: [(title: String, names: [String])]] = [:]
    for (module, graphs) in Dictionary(grouping: graphs, by: \.module.name) {
      let symbols = graphs.flatMap(\.symbols).filter {
        $0.pathComponents.count == 1 && Self.types.contains(Self.word($0.kind))
      }
      let faults = Self.faults(among: graphs)
      let groups = Dictionary(grouping: symbols) { symbol in
        if faults.contains(symbol.identifier.precise) { return "Errors" }
        return Self.word(symbol.kind) == "protocol" ? "Protocols" : "Values"
      }
      modules[module] = ["Protocols", "Values", "Errors"].compactMap { title in
        groups[title].map { (title, Set($0.map { $0.pathComponents[0] }).sorted()) }
      }
    }
    self.modules = modules
  }

  /// The lines to add to a module's page.
  func text(of module: String) -> String {
    let groups = (modules[module] ?? []).map { group in
      "### \(group.title)\n\n" + group.names.map { "- ``\($0)``" }.joined(separator: "\n")
    }
    return groups.isEmpty ? "" : "\n## Topics\n\n" + groups.joined(separator: "\n\n") + "\n"
  }

  /// `swift.struct` without its language.
  private static func word(_ kind: SymbolGraph.Symbol.Kind) -> String {
    kind.identifier.split(separator: ".").last.map(String.init) ?? kind.identifier
  }

  /// The symbols that can be thrown.
  private static func faults(among graphs: [SymbolGraph]) -> Set<String> {
    Set(
      graphs.flatMap(\.relationships)
        .filter { $0.kind == "conformsTo" && $0.targetFallback == "Swift.Error" }.map(\.source))
  }
}
