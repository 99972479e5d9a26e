public import Networks
public import Terms

/// An explainer of the menu as it is stored and sent: its name, its settings and its seed.
///
/// Settings that are not named have their defaults. Reading refuses a setting that the method does not have.
public struct ExplainerSettings: Hashable, Sendable {
  /// What the menu calls it.
  public let name: String
  /// The settings that are named.
  public let settings: [String: SettingValue]
  /// What its random choices follow from.
  public let seed: UInt64

  /// Names an explainer and some of its settings.
  ///
  /// - Throws: ``SettingError`` for a name, a setting or a value that the menu does not have.
  public init(
    _ name: String, _ settings: [String: SettingValue] = [:], seed: UInt64 = 0
  ) throws(SettingError) {
    self.name = name
    self.settings = settings
    self.seed = seed
    _ = try values()
  }

  /// All settings of an explainer, whoever made it.
  public init(of explainer: any Explainer, seed: UInt64 = 0) {
    name = explainer.menuName
    settings = explainer.settingValues
    self.seed = seed
  }

  /// The settings as commands take them.
  public var text: String {
    settings.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ",")
  }

  /// The explainer.
  ///
  /// - Throws: ``SettingError``, and what reading a baseline's picture throws.
  public func explainer(for network: Network) throws -> any Explainer {
    try ExplainerMenu.entry(named: name)
      .explainer(values(), .init(network: network, seed: Seed(seed)))
  }

  private func values() throws(SettingError) -> SettingValues {
    try ExplainerMenu.entry(named: name).values(text)
  }
}

extension ExplainerSettings: Codable {
  private enum Key: String, CodingKey, CaseIterable {
    case name, settings, seed
  }

  /// Reads and checks a description.
  ///
  /// - Throws: ``SettingError``.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    try self.init(
      container.decode(String.self, forKey: .name),
      container.decodeIfPresent([String: SettingValue].self, forKey: .settings) ?? [:],
      seed: container.decodeIfPresent(UInt64.self, forKey: .seed) ?? 0)
  }

  /// Writes a description.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(name, forKey: .name)
    try container.encode(settings, forKey: .settings)
    try container.encode(seed, forKey: .seed)
  }
}
