internal import Imagery
internal import Networks
public import Terms

/// A method whose settings people can choose by name.
///
/// Its table says what each setting is called, what it may be, and where the method keeps it. The menu, the
/// help, what reports say and what is stored follow from the table and from a value of the method, so that
/// every default is stated once, by the method's own initialiser.
protocol MenuMethod: Explainer {
  /// The settings in the order that they are shown in.
  static var table: [MethodSetting<Self>] { get }
}

/// What a setting's text may refer to.
struct SettingSource: Sendable {
  /// The network, where it is known.
  let network: Network?
  /// What random choices follow from.
  let seed: Seed
  /// Reads a picture's file.
  let picture: @Sendable (String) throws -> Picture
}

/// Where a method keeps a setting.
typealias Place<Method, Value> = any (WritableKeyPath<Method, Value> & Sendable)

/// A setting, and where a method keeps it.
struct MethodSetting<Method>: Sendable {
  let key: String
  let form: Setting.Form
  let summary: String
  /// The value as people write it.
  let read: @Sendable (Method) -> String
  /// Puts what people wrote, which the form admits, in its place.
  let write: @Sendable (inout Method, String, SettingSource) throws -> Void

  /// The setting as the menu shows it, with the value of a method as the default.
  func setting(of defaults: Method) -> Setting {
    Setting(key, form, default: read(defaults), summary)
  }
}

extension MethodSetting {
  /// A whole number.
  static func count(
    _ key: String, _ place: Place<Method, Int>, _ range: ClosedRange<Int>,
    _ summary: String
  ) -> MethodSetting {
    MethodSetting(key: key, form: .count(range), summary: summary) {
      String($0[keyPath: place])
    } write: { method, text, _ in
      method[keyPath: place] = try MethodSetting.number(text, key, Int.init)
    }
  }

  /// A whole number, of which 0 leaves the choice to the method.
  static func count(
    _ key: String, _ place: Place<Method, Int?>, _ range: ClosedRange<Int>,
    _ summary: String
  ) -> MethodSetting {
    MethodSetting(key: key, form: .count(range), summary: summary) {
      String($0[keyPath: place] ?? 0)
    } write: { method, text, _ in
      let number = try MethodSetting.number(text, key, Int.init)
      method[keyPath: place] = number == 0 ? nil : number
    }
  }

  /// A number.
  static func number(
    _ key: String, _ place: Place<Method, Float>, _ range: ClosedRange<Double>,
    _ summary: String
  ) -> MethodSetting {
    MethodSetting(key: key, form: .number(range), summary: summary) {
      Setting.text($0[keyPath: place])
    } write: { method, text, _ in
      method[keyPath: place] = try MethodSetting.number(text, key, Float.init)
    }
  }

  /// One of an enumeration's words.
  static func choice<Choice>(
    _ key: String, _ place: Place<Method, Choice>, _ summary: String
  ) -> MethodSetting
  where Choice: RawRepresentable & CaseIterable & SendableMetatype, Choice.RawValue == String {
    let words = Choice.allCases.map(\.rawValue)
    return MethodSetting(key: key, form: .choice(words), summary: summary) {
      $0[keyPath: place].rawValue
    } write: { method, text, _ in
      guard let choice = Choice(rawValue: text) else {
        throw SettingError.value(
          text, of: key, expected: "one of " + words.joined(separator: ", "))
      }
      method[keyPath: place] = choice
    }
  }

  /// What stands for nothing.
  static func baseline(
    _ key: String, _ place: Place<Method, Baseline>, _ summary: String
  ) -> MethodSetting {
    MethodSetting(key: key, form: .baseline, summary: summary) {
      $0[keyPath: place].text
    } write: { method, text, source in
      method[keyPath: place] = try Baseline(
        text, for: key, seed: source.seed, picture: source.picture)
    }
  }

  /// Several of them.
  static func baselines(_ key: String, _ place: Place<Method, [Baseline]>) -> MethodSetting {
    MethodSetting(
      key: key, form: .text("baselines joined by +, such as black+blur:8"),
      summary: "what the picture is compared with: black, white, mean, blur:σ, noise:σ, a file"
    ) {
      $0[keyPath: place].map(\.text).joined(separator: "+")
    } write: { method, text, source in
      method[keyPath: place] = try Baseline.list(
        text, for: key, seed: source.seed, picture: source.picture)
    }
  }

  private static func number<Number>(
    _ text: String, _ key: String, _ read: (String) -> Number?
  ) throws -> Number {
    guard let number = read(text) else {
      throw SettingError.value(text, of: key, expected: "a number")
    }
    return number
  }
}

extension Setting {
  /// A number as people write it: without a point where it is whole, `1e-6` for a millionth.
  static func text(_ number: Float) -> String {
    if number == number.rounded(), abs(number) < 1e6 { return String(Int(number)) }
    return String(number).replacing("e-0", with: "e-")
  }
}

extension MenuMethod {
  /// The settings as the menu shows them, with those of a value as defaults.
  static func settings(_ defaults: Self) -> [Setting] { table.map { $0.setting(of: defaults) } }

  /// A value with some settings as people wrote them.
  func setting(_ values: SettingValues, _ source: SettingSource) throws -> Self {
    var method = self
    // From the last on, for a setting may make finer what one behind it chose.
    for setting in Self.table.reversed() where values.given.contains(setting.key) {
      try setting.write(&method, values.text(setting.key) ?? "", source)
    }
    return method
  }

  /// All settings, by their names.
  public var settingValues: [String: SettingValue] {
    Dictionary(
      Self.table.map { ($0.key, $0.setting(of: self).value) },
      uniquingKeysWith: { first, _ in first })
  }
}

extension Setting {
  /// The default as a value with a type.
  public var value: SettingValue {
    switch form {
    case .count, .number: SettingValue(reading: defaultValue)
    case .choice, .baseline: .text(defaultValue)
    case .text: SettingValue(reading: defaultValue)
    }
  }
}
