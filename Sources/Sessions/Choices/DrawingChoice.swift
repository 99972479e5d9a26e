public import Imagery
internal import Report

/// How maps become pictures.
public struct DrawingChoice: Defaulted {
  /// The colours; those that suit the sign where none are named.
  public var colors: ColorMap?
  /// Whether each map has a colour scale of its own.
  public var ownScale = false
  /// Whether what speaks against the fact is kept: signed maps, from before the last ReLU.
  public var signed = false

  /// Draws what speaks for the fact, all maps of a group by one scale.
  public init() {}

  var drawing: Drawing {
    Drawing(colors: colors, scale: ownScale ? .own : .shared, sign: signed ? .both : .positive)
  }
}
