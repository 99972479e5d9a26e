internal import Networks
internal import Saliency
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
      let (window, stride) = (Self.chosen(effective["window"]), Self.chosen(effective["stride"]))
      let sides = [input.height, input.width].map { Occlusion.side(along: $0, window) }
      effective["window"] = Self.value(sides)
      effective["stride"] = Self.value(sides.map { Occlusion.step(ofSide: $0, stride) })
    case ("integrated-gradients", _):
      effective = Self.path(effective)
    case ("noise-tunnel", _) where effective["method"] == "integrated-gradients":
      effective = Self.path(effective)
    default: break
    }
    if case .layer(_, let choice) = place { effective["layerChoice"] = .text(choice.rawValue) }
    return effective
  }

  /// A number that was chosen; `nil` for 0, which leaves it to the method.
  private static func chosen(_ given: SettingValue?) -> Int? {
    given?.number.flatMap { $0 == 0 ? nil : Int($0) }
  }

  /// One number where rows and columns agree, both where they do not.
  private static func value(_ sides: [Int]) -> SettingValue {
    let values = sides.map { SettingValue.number(Double($0)) }
    return Set(sides).count == 1 ? values[0] : .list(values)
  }

  /// The points of a path, or the most of them until a tolerance holds.
  private static func path(_ given: [String: SettingValue]) -> [String: SettingValue] {
    guard given["steps"] == "auto" else { return given }
    let steps =
      given["tolerance"]?.number == nil
      ? IntegratedGradients.defaultSteps : IntegratedGradients.defaultLimit
    return given.merging(["steps": .number(Double(steps))]) { $1 }
  }
}
