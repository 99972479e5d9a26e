internal import Networks
internal import Terms

extension Method {
  /// The settings as they came to hold, numbers as numbers: where a setting says that a method is to choose
  /// by itself, what it chooses for a network's input.
  ///
  /// The text that people write has words and zeros for “choose”: a window of 0 is a seventh of the picture,
  /// a batch of 0 what is fast and fits. What depends on the machine and not on the method is `auto`.
  func effectiveSettings(of form: InputForm) -> [String: SettingValue] {
    var effective = settings.mapValues(SettingValue.init(reading:))
    if effective["batch"] == 0 { effective["batch"] = "auto" }
    switch (explainer, form) {
    case ("occlusion", .image(let input)):
      let windows = Self.sides(effective["window"], [input.height, input.width]) {
        max(1, ($0 + 3) / 7)
      }
      effective["window"] = Self.value(windows)
      effective["stride"] = Self.value(
        Self.sides(effective["stride"], windows) { max(1, $0 / 2) })
    case ("integrated-gradients", _):
      effective = Self.path(effective)
    case ("noise-tunnel", _) where effective["method"] == "integrated-gradients":
      effective = Self.path(effective)
    default: break
    }
    if case .layer(_, let choice) = place { effective["layerChoice"] = .text(choice.rawValue) }
    return effective
  }

  /// A number for both axes, or what follows from each axis where it is 0.
  private static func sides(
    _ given: SettingValue?, _ lengths: [Int], otherwise: (Int) -> Int
  ) -> [Int] {
    let number = given?.number.map(Int.init) ?? 0
    return lengths.map { number == 0 ? otherwise($0) : min(number, $0) }
  }

  /// One number where rows and columns agree, both where they do not.
  private static func value(_ sides: [Int]) -> SettingValue {
    let values = sides.map { SettingValue.number(Double($0)) }
    return Set(sides).count == 1 ? values[0] : .list(values)
  }

  /// The points of a path: 50 evenly spaced ones, or at most 500 until a tolerance holds.
  private static func path(_ given: [String: SettingValue]) -> [String: SettingValue] {
    guard given["steps"] == "auto" else { return given }
    return given.merging(["steps": given["tolerance"]?.number == nil ? 50 : 500]) { $1 }
  }
}
