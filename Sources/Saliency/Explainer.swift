public import Networks
internal import Tensors
public import Terms

/// A base method: for each score a map of where it comes from.
///
/// Explainers know nothing of questions and contrast, nor of pictures and words. They are given scores of the
/// network's output, all at once, so that whatever one score needs is computed once for all, and the
/// input with the ``Features`` that maps of it are over. They are functions of the request: they change
/// nothing.
public protocol Explainer: Sendable {
  /// Fails where a setting is none that the method can work with. Each method checks as it begins, and
  /// so may a caller before that.
  func checkSettings() throws(SettingFault)

  /// What the menu calls it; the type's name for a method that is not on it.
  var menuName: String { get }

  /// All settings by the names that the menu gives them, with the values that they have.
  var settingValues: [String: SettingValue] { get }

  /// Explains the scores of a request.
  ///
  /// - Returns: One map a score, group behind group, in order.
  /// - Throws: `NetworkError`, `TensorError`, and whatever the request's closures throw.
  func maps(for request: MapRequest) throws -> Explanation
}

extension Explainer {
  /// The type's name.
  public var menuName: String { "\(Self.self)" }

  /// No settings.
  public var settingValues: [String: SettingValue] { [:] }
}

/// What an explainer found.
public struct Explanation: Sendable {
  /// What the network answered.
  public let prediction: Prediction
  /// The value of each score.
  public let scores: [Float]
  /// The map of each score.
  public let maps: [SaliencyMap]

  /// Joins an answer, scores and their maps.
  public init(prediction: Prediction, scores: [Float], maps: [SaliencyMap]) {
    self.prediction = prediction
    self.scores = scores
    self.maps = maps
  }

  /// The same with other maps.
  func changing(_ change: (SaliencyMap) throws -> SaliencyMap) rethrows -> Explanation {
    Explanation(prediction: prediction, scores: scores, maps: try maps.map(change))
  }
}

/// A method that explains at one layer, whatever layers a request names.
public struct LayeredExplainer: Explainer {
  /// The method that is bound to the layer.
  public let base: any Explainer
  /// Where it explains, whatever layers a request names.
  public let layer: Layer

  /// Binds a method to a layer.
  ///
  /// - Throws: ``NetworkError/notSpatial(_:_:)`` when its output is no stack of maps over the picture.
  public init(_ base: any Explainer, at layer: Layer) throws(NetworkError) {
    try layer.checkMaps()
    self.base = base
    self.layer = layer
  }

  /// Fails where a setting of the method is none that it can work with.
  public func checkSettings() throws(SettingFault) { try base.checkSettings() }

  /// What the menu calls the method.
  public var menuName: String { base.menuName }

  /// The method's settings.
  public var settingValues: [String: SettingValue] { base.settingValues }

  /// One map a score, at the layer.
  public func maps(for request: MapRequest) throws -> Explanation {
    try base.maps(for: request.changing(layers: [layer]))
  }

  /// The layers of two methods that are one but for that, so that one request serves both.
  public static func layers(of first: any Explainer, and second: any Explainer) -> [Layer]? {
    guard let first = first as? LayeredExplainer, let second = second as? LayeredExplainer,
      let a = first.base as? any Hashable, let b = second.base as? any Hashable,
      AnyHashable(a) == AnyHashable(b)
    else { return nil }
    return [first.layer, second.layer]
  }
}

extension Explainer {
  /// The same method, bound to a layer where there is one.
  ///
  /// - Throws: ``NetworkError/notSpatial(_:_:)`` when its output is no stack of maps over the picture.
  public func at(_ layer: Layer?) throws(NetworkError) -> any Explainer {
    guard let layer else { return self }
    return try LayeredExplainer(self, at: layer)
  }
}
