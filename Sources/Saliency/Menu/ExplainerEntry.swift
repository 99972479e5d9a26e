public import Imagery
public import Networks
public import Terms

/// An explainer as people choose it: a name, a line, and its settings.
public struct ExplainerEntry: Sendable {
  /// Whether a method needs a layer.
  public enum LayerUse: String, Sendable {
    /// It explains at the input.
    case never
    /// It explains at the input, or at a layer where one is named.
    case optional
    /// It explains at a layer.
    case always
  }

  /// The score that a question without a foil usually asks of it.
  public enum DefaultScore: String, Sendable {
    /// The generalised logit.
    case logit
    /// The summed probability.
    case probability
  }

  /// What a method is made for.
  public struct Context: Sendable {
    /// The network that is to be explained.
    public let network: Network
    /// What its random choices follow from.
    public let seed: Seed
    /// Reads a picture's file, for baselines.
    public let picture: @Sendable (String) throws -> Picture

    /// Joins what a method is made for.
    public init(
      network: Network, seed: Seed,
      picture: @escaping @Sendable (String) throws -> Picture = { try Picture(contentsOf: $0) }
    ) {
      self.network = network
      self.seed = seed
      self.picture = picture
    }
  }

  /// What it is called in commands, such as `integrated-gradients`.
  public let name: String
  /// What people call it, such as “Integrated Gradients”.
  public let title: String
  /// What it does, in one line.
  public let summary: String
  /// Where it was published.
  public let source: String
  /// Whether it needs a layer.
  public let layerUse: LayerUse
  /// The score that a question without a foil usually asks of it.
  public let defaultScore: DefaultScore
  /// Whether it asks the network about tens of inputs or more, and not about one.
  public let asksOften: Bool
  /// Whether its maps depend on the class that is asked about; a method of which that is not so can be asked
  /// about one class alone.
  public let knowsClasses: Bool
  /// What can be set.
  public let settings: [Setting]

  private let make: @Sendable (SettingValues, Context) throws -> any Explainer

  /// Describes a method.
  public init(
    name: String, title: String, summary: String, source: String, layerUse: LayerUse = .never,
    defaultScore: DefaultScore = .logit, asksOften: Bool = false, knowsClasses: Bool = true,
    settings: [Setting] = [],
    make: @escaping @Sendable (SettingValues, Context) throws -> any Explainer
  ) {
    self.name = name
    self.title = title
    self.summary = summary
    self.source = source
    self.layerUse = layerUse
    self.defaultScore = defaultScore
    self.asksOften = asksOften
    self.knowsClasses = knowsClasses
    self.settings = settings
    self.make = make
  }

  /// Describes a method by a value of it that has the defaults.
  ///
  /// - Parameters:
  ///   - seeding: Puts what random choices follow from in its place.
  ///   - checking: Refuses settings that do not go together; it is given the names of those that were written.
  init<Method: MenuMethod>(
    _ defaults: Method, named name: String, title: String, summary: String, source: String,
    layerUse: LayerUse = .never, defaultScore: DefaultScore = .logit, asksOften: Bool = false,
    knowsClasses: Bool = true,
    seeding: @escaping @Sendable (inout Method, SettingSource) -> Void = { _, _ in },
    checking: @escaping @Sendable (Method, Set<String>) throws -> Void = { _, _ in }
  ) {
    self.init(
      name: name, title: title, summary: summary, source: source, layerUse: layerUse,
      defaultScore: defaultScore, asksOften: asksOften, knowsClasses: knowsClasses,
      settings: Method.settings(defaults)
    ) { values, context in
      let source = SettingSource(
        network: context.network, seed: context.seed, picture: context.picture)
      var method = try defaults.setting(values, source)
      seeding(&method, source)
      try checking(method, values.given)
      return method
    }
  }

  /// Reads settings.
  public func values(_ text: String) throws(SettingError) -> SettingValues {
    try SettingValues(text, for: settings, of: name)
  }

  /// Makes the explainer.
  public func explainer(_ values: SettingValues, _ context: Context) throws -> any Explainer {
    try make(values, context)
  }
}

/// The explainers that there are.
public enum ExplainerMenu {
  /// All of them, in the order that they are shown in.
  public static let entries: [ExplainerEntry] = [
    GradCAM.entry,
    GradCAMPlusPlus.entry,
    HiResCAM.entry,
    XGradCAM.entry,
    LayerCAM.entry,
    FinerCAM.entry,
    ScoreCAM.entry,
    AblationCAM.entry,
    EigenCAM.entry,
    GuidedBackpropagation.entry,
    Deconvolution.entry,
    GuidedGradCAM.entry,
    MWP.entry,
    MWP.contrastiveEntry,
    LRP.entry,
    LRP.contrastiveEntry,
    LRP.softmaxEntry,
    DeepLIFT.entry,
    DeepLIFTSHAP.entry,
    InputGradient.entry,
    InputXGradient.entry,
    IntegratedGradients.entry,
    GuidedIG.entry,
    BlurIG.entry,
    NoiseTunnel.entry,
    GradientSHAP.entry,
    XRAI.entry,
    RISE.entry,
    Occlusion.entry,
    LIME.entry,
    KernelSHAP.entry,
    PDA.entry,
    AttentionRollout.entry,
    GradientRollout.entry,
    LeGrad.entry,
    CDAM.entry,
  ]

  /// The one of a name.
  ///
  /// - Throws: ``SettingError/unknownExplainer(_:nearest:)``.
  public static func entry(named name: String) throws(SettingError) -> ExplainerEntry {
    guard let entry = entries.first(where: { $0.name == name }) else {
      throw .unknownExplainer(name, nearest: NearestNames.of(name, in: entries.map(\.name)))
    }
    return entry
  }
}
