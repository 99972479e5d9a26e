public import Counterfactuals
public import Networks

/// What `rather counterfactual` did and found, as `manifest.json`.
public struct ContrastiveManifest: HeadedManifest {
  /// The nearest pictures that are as much Q as P.
  public static let kinds: [ManifestKind] = [.counterfactual]

  /// The log-likelihoods of P, of Q, and of the likeliest other class; `null` where one is no number.
  public struct Likelihoods: Codable, Hashable, Sendable {
    /// `l_P`.
    public let fact: Float?
    /// `l_Q`.
    public let foil: Float?
    /// The likeliest other class; `null` where there is none.
    public let other: Manifest.Class?
    /// Its `l`.
    public let otherLogLikelihood: Float?
  }

  /// One search.
  public struct Attempt: Codable, Hashable, Sendable {
    /// `‖z_e − z₀‖₂`.
    public let distance: Float?
    /// `‖I(z_e) − x‖₂`.
    public let pictureDistance: Float?
    /// The root mean square of `Δ`.
    public let residual: Float?
    /// What the network answers where it stopped.
    public let likelihoods: Likelihoods
    /// Evaluations with gradients.
    public let iterations: Int
    /// How often the multipliers were updated.
    public let multiplierUpdates: Int
    /// Whether it converged.
    public let converged: Bool
    /// How it failed, in words; `null` where it did not.
    public let failure: String?
  }

  /// A picture on the way.
  public struct Frame: Codable, Hashable, Sendable {
    /// How far along, 0…1.
    public let fraction: Float
    /// What the network answers for it.
    public let likelihoods: Likelihoods
  }

  /// The contrastive example.
  public struct Example: Codable, Sendable {
    /// Its search's place among the attempts, counted from 0.
    public let attempt: Int
    /// The picture's file, at the network's size in 256 levels.
    public let png: String
    /// The file of its difference from the input over the input.
    public let difference: String
    /// The file of the way from the input and back.
    public let animation: String
    /// The file of the pictures on the way side by side, as many as `path` has; absent before Rather 0.3.
    public let way: String?
    /// The smallest and the largest number of the difference.
    public let range: [Float]
    /// The part of the input's variance that the generator does not draw; `null` where the input has none.
    public let residualFraction: Float?
    /// What the network answers for the picture's file.
    public let saved: Likelihoods
    /// Whether the file is still as much Q as P, and its likeliest class still one of theirs where it was.
    public let savedHolds: Bool
    /// The likelihoods on the way.
    public let path: [Frame]
  }

  /// A map of another method.
  public struct Beside: Codable, Hashable, Sendable {
    /// The method.
    public let title: String
    /// How it was asked.
    public let note: String
    /// Its array in `maps.npz`; `null` where there is none.
    public let key: String?
    /// Why there is none.
    public let failure: String?
  }

  /// One question and what came of it.
  public struct Answer: Codable, Sendable {
    /// What its arrays in `maps.npz` begin with: `KEY/example`, `/difference`, `/reconstruction`,
    /// `/code` and `/start-code`, where there is an example.
    public let key: String
    /// The question in words.
    public let question: String
    /// P.
    public let fact: [Manifest.Class]
    /// Q.
    public let foil: [Manifest.Class]
    /// What was asked of the example.
    public let method: ContrastiveMethod
    /// What the network answers for the input.
    public let likelihoods: Likelihoods
    /// Every search.
    public let attempts: [Attempt]
    /// What was found; `null` where every search failed.
    public let example: Example?
    /// How all searches failed, in a sentence; `null` where one did not.
    public let failure: String?
    /// Maps of other methods.
    public let beside: [Beside]
  }

  /// What every manifest begins with.
  public let header: ManifestHeader
  /// The picture and what the network saw of it; `nil` in schema 1.
  public let geometry: Manifest.Geometry?
  /// The likeliest classes, likeliest first.
  public let prediction: [Prediction.Class]
  /// The logits of all classes, in the order of their indices, `null` for one that is infinite; empty in
  /// schema 1.
  public let logits: [Float?]
  /// The change that is drawn in full colour; one for all answers.
  public let scale: Float
  /// The answers.
  public let answers: [Answer]

  /// The pictures that it names.
  var files: [String] {
    answers.flatMap {
      [$0.example?.png, $0.example?.difference, $0.example?.animation, $0.example?.way]
    }
    .compactMap(\.self)
  }
}

extension ContrastiveManifest {
  private enum Key: String, CodingKey {
    case geometry, prediction, logits, scale, answers
  }

  /// Reads a manifest of schema 1 or 2.
  public init(from decoder: any Decoder) throws {
    header = try ManifestHeader(from: decoder, of: Self.kinds)
    let values = try decoder.container(keyedBy: Key.self)
    geometry = try values.decodeIfPresent(Manifest.Geometry.self, forKey: .geometry)
    prediction = try values.decode([Prediction.Class].self, forKey: .prediction)
    logits = try values.decodeIfPresent([Float?].self, forKey: .logits) ?? []
    scale = try values.decode(Float.self, forKey: .scale)
    answers = try values.decode([Answer].self, forKey: .answers)
  }

  /// Writes a manifest.
  public func encode(to encoder: any Encoder) throws {
    try header.encode(to: encoder)
    var values = encoder.container(keyedBy: Key.self)
    try values.encodeIfPresent(geometry, forKey: .geometry)
    try values.encode(prediction, forKey: .prediction)
    try values.encode(logits, forKey: .logits)
    try values.encode(scale, forKey: .scale)
    try values.encode(answers, forKey: .answers)
  }
}
