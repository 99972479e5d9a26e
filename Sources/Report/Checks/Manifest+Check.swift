extension Manifest {
  /// What a check of a map found; see `MapCheck`. A key that has nothing to say is absent.
  public struct Check: Codable, Hashable, Sendable {
    /// Whether the map passes.
    public let passes: Bool
    /// `passes`, `lowersNothing`, `withinChance`, `showsNothing`, `everyPixel` or `everyClass`.
    public let verdict: String
    /// The verdict in words.
    public let text: String
    /// n_δ.
    public let salientPixels: Int
    /// n.
    public let pixels: Int
    /// CAUC over the map's own n_δ; absent where that is 0.
    public let cauc: Double?
    /// CDROP; absent where n_δ is 0.
    public let cdrop: Double?
    /// How far log p_P / p_Q falls without the map's salient pixels.
    public let drop: Double?
    /// How far it falls without as many pixels of the controls.
    public let controlDrops: ControlDrops?
    /// The probability of a drop that stands out as much by chance; `(1 + #{controls that fall as far}) / (draws + 1)`
    /// where all were drawn.
    public let p: Double?
    /// While the map's pixels go, strongest first.
    public let curve: Curve
    /// How it was checked.
    public let settings: Settings

    /// What the drops of the controls come to.
    public struct ControlDrops: Codable, Hashable, Sendable {
      /// Their mean.
      public let mean: Double
      /// What the map's drop must exceed to pass at so many controls: of all 99 draws their 95 % quantile.
      public let critical: Double?
      /// How many were drawn; absent where all were.
      public let count: Int?
    }

    /// A curve of deletion.
    public struct Curve: Codable, Hashable, Sendable {
      /// How many pixels are deleted.
      public let deleted: [Int]
      /// p_P.
      public let fact: [Float]
      /// p_Q; absent for a question without a foil.
      public let foil: [Float]?
      /// p_P (1 − p_Q), or p_P where there is no foil.
      public let score: [Float]
    }

    /// How a map was checked.
    public struct Settings: Codable, Hashable, Sendable {
      /// δ.
      public let salience: Double
      /// τ/n.
      public let penalty: Double
      /// Pixels between points of the curve to n_δ, or more where that takes more than `steps` steps.
      public let step: Int
      /// The most steps of that curve; absent where there was no such limit.
      public let steps: Int?
      /// R, the most controls.
      public let draws: Int
      /// Whether no more were drawn once the verdict was clear; absent for no.
      public let stopsEarly: Bool?
      /// The largest p that passes.
      public let significance: Double
      /// `random` or `shifted`.
      public let control: String
      /// What deleted pixels became.
      public let fill: String
      /// What the draws follow from.
      public let seed: UInt64
    }
  }
}
