public import Imagery
public import Terms

extension Baseline {
  /// Reads `black`, `white`, `mean`, `blur:σ`, `noise:σ`, a colour `#rrggbb`, or the path of a
  /// picture.
  ///
  /// - Parameters:
  ///   - key: The setting that the text was given for.
  ///   - seed: What the noise of `noise:σ` follows from.
  ///   - picture: Reads a picture's file.
  /// - Throws: ``SettingError/value(_:of:expected:)`` for a text that is none of these, and
  ///   whatever `picture` throws for a file that is there and cannot be read.
  public init(
    _ text: String, for key: String, seed: Seed, picture: (String) throws -> Picture
  ) throws {
    let words = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let unreadable = SettingError.value(
      text, of: key, expected: Setting(key, .baseline, default: "", "").expectation)
    func sigma(upTo limit: Float) throws -> Float {
      guard words.count == 2, let sigma = Float(words[1]), (0...limit).contains(sigma) else {
        throw unreadable
      }
      return sigma
    }
    switch words[0] {
    case "black" where words.count == 1: self = .black
    case "white" where words.count == 1: self = .white
    case "mean" where words.count == 1: self = .mean
    case "blur": self = .blur(sigma: try sigma(upTo: Self.largestBlur))
    case "noise": self = .noise(sigma: try sigma(upTo: Self.largestNoise), seed: seed)
    case let word where word.hasPrefix("#"):
      guard let color = UInt32(text.dropFirst(), radix: 16), text.count == 7,
        text.dropFirst().allSatisfy(\.isHexDigit)
      else {
        throw unreadable
      }
      let bytes = [16, 8, 0].map { UInt8(truncatingIfNeeded: color >> $0) }
      self = .picture(try Picture(width: 1, height: 1, pixels: bytes))
    default:
      do { self = .picture(try picture(text)) } catch PictureError.missing { throw unreadable }
    }
  }

  /// Reads several, joined by `+`; each has noise of its own.
  public static func list(
    _ text: String, for key: String, seed: Seed, picture: (String) throws -> Picture
  ) throws -> [Baseline] {
    try text.split(separator: "+", omittingEmptySubsequences: false).enumerated().map { i, part in
      var own = RandomStream(seed).stream(for: i)
      return try Baseline(String(part), for: key, seed: Seed(own.next()), picture: picture)
    }
  }

  /// The widest blur that can be written, in pixels.
  private static let largestBlur: Float = 1000
  /// The strongest noise that can be written.
  private static let largestNoise: Float = 10
}

extension Baseline {
  /// What people write for it; “a picture” for one, whose file is not known any more.
  public var text: String {
    switch self {
    case .blur(let sigma): "\(name):\(Setting.text(sigma))"
    case .noise(let sigma, _): "\(name):\(Setting.text(sigma))"
    case .black, .white, .mean, .picture: name
    }
  }
}
