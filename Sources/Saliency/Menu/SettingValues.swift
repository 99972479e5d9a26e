public import Terms

/// The values of an explainer's settings, given or usual.
public struct SettingValues: Sendable {
  /// Every setting's value as text, in the order of the settings.
  public let all: [(key: String, value: String)]
  /// The keys that were given.
  public let given: Set<String>

  /// Reads `key=value,key=value`.
  ///
  /// - Throws: ``SettingError``.
  public init(_ text: String, for settings: [Setting], of explainer: String) throws(SettingError) {
    var values: [String: String] = [:]
    for part in text.split(separator: ",", omittingEmptySubsequences: true) {
      guard let equals = part.firstIndex(of: "=") else { throw .noValue(String(part)) }
      let key = String(part[..<equals])
      let value = String(part[part.index(after: equals)...])
      guard let setting = settings.first(where: { $0.key == key }) else {
        throw .unknown(
          key, of: explainer, nearest: NearestNames.of(key, in: settings.map(\.key)),
          known: settings.map(\.key))
      }
      if values[key] != nil { throw .twice(key) }
      guard setting.admits(value) else {
        throw .value(value, of: key, expected: setting.expectation)
      }
      values[key] = value
    }
    given = Set(values.keys)
    all = settings.map { ($0.key, values[$0.key] ?? $0.defaultValue) }
  }

  /// A setting's value as text; `nil` for one that the method does not have.
  public func text(_ key: String) -> String? { all.first { $0.key == key }?.value }
}

/// What can be wrong with settings.
public enum SettingError: Fault, Hashable {
  case unknownExplainer(String, nearest: [String])
  case unknown(String, of: String, nearest: [String], known: [String])
  case noValue(String)
  case twice(String)
  case value(String, of: String, expected: String)
  /// A setting that changes nothing beside another.
  case idle(String, with: String, used: [String])
  /// A method that sets classes against each other, asked about a regression.
  case needsClasses(String)
  /// A method that looks at the network and not at its answer, asked to tell answers apart.
  case hasNoClass(String)
  /// Contrast by negated weights at a layer that no weights come behind.
  case noWeightsBehind(String)
  /// A method that draws parts of pictures anew, asked about an input that is none.
  case needsPictures(String)
  /// A layer was named for a method that explains at the input.
  case layerOfInputMethod(String)

  /// Whose the fault is.
  public var kind: FaultKind { .usage }

  /// One sentence that says what was wrong and what to do.
  public var description: String {
    switch self {
    case .unknownExplainer(let name, let nearest):
      "there is no explainer named “\(name)”"
        + (nearest.isEmpty ? ";" : "; did you mean \(nearest.joined(separator: ", "))?")
        + " `rather explainers` lists them"
    case .unknown(let key, let explainer, let nearest, let known):
      "\(explainer) has no setting “\(key)”"
        + (nearest.isEmpty
          ? (known.isEmpty ? "; it has none" : "; it has \(known.joined(separator: ", "))")
          : "; did you mean \(nearest.joined(separator: ", "))?")
    case .noValue(let text): "the setting “\(text)” has no value; write key=value,key=value"
    case .twice(let key): "the setting “\(key)” is given twice"
    case .value(let text, let key, let expected):
      "the setting “\(key)” must be \(expected), not “\(text)”"
    case .idle(let key, let other, let used):
      "the setting “\(key)” changes nothing with \(other), which uses \(used.joined(separator: ", "))"
    case .needsClasses(let name):
      "\(name) sets classes against each other, and this network is a regression; use lrp"
    case .hasNoClass(let name):
      "\(name) knows no classes: its map is the same for every question, so it cannot answer a contrast or tell"
        + " several classes apart; ask it why one class alone, as with --why, or use grad-cam"
    case .noWeightsBehind(let layer):
      "no weights come behind “\(layer)” that contrastive-mwp could negate; name an earlier --layer"
    case .needsPictures(let name):
      "\(name) learns from the patches of a picture, and this network takes none; use occlusion or lime"
    case .layerOfInputMethod(let name):
      "\(name) explains at the input, so it takes no --layer"
    }
  }
}
