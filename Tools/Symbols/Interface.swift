/// The public interface of each module, a line a symbol.
struct Interface {
  /// Lines by module.
  let lines: [String: [String]]

  /// Conformances that the compiler finds by itself, and says of nearly every type.
  private static let implied: Set = [
    "BitwiseCopyable", "Copyable", "Escapable", "SendableMetatype",
  ]

  init(_ graphs: [SymbolGraph]) {
    let names = Dictionary(
      graphs.flatMap(\.symbols).map { ($0.identifier.precise, $0.pathComponents) },
      uniquingKeysWith: { first, _ in first })
    var conformances: [String: Set<String>] = [:]
    for relationship in graphs.flatMap(\.relationships)
    where ["conformsTo", "inheritsFrom"].contains(relationship.kind) {
      let name =
        names[relationship.target]?.joined(separator: ".") ?? relationship.targetFallback
        ?? relationship.target
      let word = name.split(separator: ".").last.map(String.init) ?? name
      if !Self.implied.contains(word) {
        conformances[relationship.source, default: []].insert(word)
      }
    }
    var entries: [String: Set<[String]>] = [:]
    for graph in graphs {
      for symbol in graph.symbols where !symbol.identifier.precise.contains("::SYNTHESIZED::") {
        let parents = symbol.pathComponents.dropLast().joined(separator: ".")
        let conforms = (conformances[symbol.identifier.precise] ?? []).sorted()
        let line =
          (parents.isEmpty ? "" : parents + ": ") + symbol.declaration
          + (conforms.isEmpty ? "" : " : " + conforms.joined(separator: ", "))
        entries[graph.module.name, default: []].insert(
          [symbol.pathComponents.joined(separator: "."), line])
      }
    }
    lines = entries.mapValues { entries in
      entries.sorted { $0[0] == $1[0] ? $0[1] < $1[1] : $0[0] < $1[0] }.map { $0[1] }
    }
  }
}
