public import Contrast
public import Imagery
public import Networks

/// A picture with the answers to questions about it.
public struct ExplainedPicture: Sendable {
  /// Answers that are shown side by side and share a colour scale.
  public struct Group: Sendable {
    /// What they have in common.
    public let title: String
    /// A line about them; may be empty.
    public let caption: String
    /// How they were found.
    public let method: Method
    /// What stands before the keys of its maps; empty where the report has one method.
    public let prefix: String
    /// The map that the answers lie within, which stands before them; `nil` for a plain group.
    public let lead: Lead?
    /// The answers.
    public let answers: [Answer]

    /// What supports a cluster of classes.
    public struct Lead: Sendable {
      /// The answer.
      public let answer: Answer
      /// How it was found.
      public let method: Method

      /// Joins an answer and its method.
      public init(answer: Answer, method: Method) { (self.answer, self.method) = (answer, method) }
    }

    /// Makes a group.
    public init(
      title: String, caption: String = "", method: Method, prefix: String = "", lead: Lead? = nil,
      answers: [Answer]
    ) {
      self.title = title
      self.caption = caption
      self.lead = lead
      self.method = method
      self.prefix = prefix
      self.answers = answers
    }
  }

  /// What stands before the keys of its maps; empty where the report has one picture.
  public let prefix: String
  /// The picture.
  public let picture: Picture
  /// Its file.
  public let file: Manifest.File
  /// What the network answered.
  public let prediction: Prediction
  /// A sentence about it, or nothing.
  public let note: String
  /// The scheme that explains its whole output; `nil` where none does.
  public let scheme: Manifest.Scheme?
  /// The confusion clusters of its likeliest classes, a group each; `nil` where there are none.
  public let clusters: [[Manifest.Class]]?
  /// The answers.
  public let groups: [Group]
  /// The checks of their maps; `nil` where none was asked for.
  public var checks: MapChecks?
  /// Where the network was asked, if it answers for each place; `nil` where it answers once.
  public var places: Manifest.Places?

  /// Joins a picture and its answers.
  public init(
    prefix: String = "", picture: Picture, file: Manifest.File, prediction: Prediction,
    note: String = "", scheme: Manifest.Scheme? = nil,
    clusters: [[Manifest.Class]]? = nil, groups: [Group]
  ) {
    self.prefix = prefix
    self.picture = picture
    self.file = file
    self.prediction = prediction
    self.note = note
    self.scheme = scheme
    self.clusters = clusters
    self.groups = groups
  }
}

/// How maps are turned into pictures.
public struct Drawing: Sendable {
  /// Which maps have the same colours for the same values.
  public enum Scale: String, Sendable {
    /// All maps of a group.
    case shared
    /// Each for itself.
    case own
  }

  /// Whether negative values are kept.
  public enum Sign: String, Sendable {
    /// Only what speaks for the fact.
    case positive
    /// What speaks for it and what speaks against it.
    case both
  }

  /// The colours; `nil` chooses by the sign.
  public var colors: ColorMap?
  /// Which maps share a scale.
  public var scale: Scale
  /// Whether negative values are kept.
  public var sign: Sign

  /// Describes a drawing.
  public init(colors: ColorMap? = nil, scale: Scale = .shared, sign: Sign = .positive) {
    self.colors = colors
    self.scale = scale
    self.sign = sign
  }

  var colorMap: ColorMap { colors ?? (sign == .both ? .diverging : .inferno) }
}
