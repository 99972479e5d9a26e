internal import Foundation
internal import Imagery

extension DrawnMap {
  /// A map by a scale of its own, or what speaks against the fact where nothing speaks for it.
  struct OwnScale: Sendable {
    /// The range of values that the colours stand for.
    let scale: ClosedRange<Float>
    /// How much of the shared scale it is, less than ``faint``; 0 where nothing speaks for the fact.
    let part: Float
    /// What colours the values have.
    let colors: ColorMap
    /// The map over the picture, no larger than a page shows it.
    let pagePNG: [UInt8]

    /// The part of a scale below which a map is hard to see on it.
    static let faint: Float = 0.4
    /// The part below which eyes find nothing: the strongest place is covered to less than a sixth, in a dark colour.
    static let blank: Float = 0.3

    /// Whether nothing of the map is to be seen on the shared scale.
    var isBlank: Bool { part < Self.blank }

    /// How much of a scale another fills, where that is little.
    ///
    /// - Returns: `nil` where it is enough to be seen, or nothing, which no scale shows.
    static func part(
      of shared: ClosedRange<Float>, filledBy own: ClosedRange<Float>
    ) -> Float? {
      func reach(_ scale: ClosedRange<Float>) -> Float { max(scale.upperBound, -scale.lowerBound) }
      let part = reach(own) / reach(shared)
      return part > 0 && part < faint ? part : nil
    }
  }
}

/// Maps with their scales.
extension Page {
  static let scaleStyle = """
    .scales { position: relative; }
    .scales input { position: absolute; opacity: 0; } .scales .by { display: none; }
    .pick-shared:checked ~ .by-shared, .pick-own:checked ~ .by-own { display: block; }
    .picks { display: flex; flex-wrap: wrap; gap: .3rem; margin: .1rem 0 .3rem; font-size: .8rem; }
    .picks label { border: 1px solid var(--line); border-radius: 1em; padding: 0 .6em; color: var(--soft); \
    cursor: pointer; }
    .pick-shared:checked ~ .picks .for-shared, .pick-own:checked ~ .picks .for-own { \
    background: var(--tint); color: var(--ink); border-color: var(--bar); }
    .pick-shared:focus-visible ~ .picks .for-shared, .pick-own:focus-visible ~ .picks .for-own { \
    outline: 2px solid var(--bar); outline-offset: 2px; }
    """

  /// A map with its scale; one that the shared scale hardly shows by a scale of its own, too.
  func heat(of map: DrawnMap) throws -> HTML {
    func view(
      _ png: [UInt8], _ scale: ClosedRange<Float>, _ colors: ColorMap, _ how: String
    ) throws -> HTML {
      let legend = HTML.image(
        try colors.legend(width: 128, height: 1).png(), alt: "", name: "legend")
      return """
        \(HTML.image(png, alt: "\(map.question) The map over the picture\(how).", name: "map"))
        <div class="scale"><span>\(Self.number(scale.lowerBound))</span>\(legend)\
        <span>\(Self.number(scale.upperBound))</span></div>
        """
    }
    let shared = try view(
      map.overlay?.pagePNG ?? [], map.scale, report.drawing.colorMap, "")
    guard let own = map.ownScale else { return shared }
    let other = try view(
      own.pagePNG, own.scale, own.colors,
      own.part > 0 ? ", by a scale of its own" : ", with what speaks against it")
    // Styles alone switch, so that no script is needed.
    func pick(_ name: String, _ isChosen: Bool) -> HTML {
      """
      <input type="radio" class="pick-\(name)" name="scale-\(map.key)" id="\(name)-\(map.key)"\
      \(isChosen ? " checked" : "")>
      """
    }
    let times = String(format: 1 / own.part < 9.95 ? "%.1f" : "%.0f", 1 / own.part)
    let label = own.part > 0 ? "own scale, \(times) times finer" : "what speaks against it"
    return """
      <div class="scales" role="group" aria-label="colour scale">
      \(pick("shared", !own.isBlank))\(pick("own", own.isBlank))
      <div class="by by-shared">\(shared)</div>
      <div class="by by-own">\(other)</div>
      <div class="picks"><label class="for-shared" for="shared-\(map.key)">shared scale</label>\
      <label class="for-own" for="own-\(map.key)">\(label)</label></div>
      </div>
      """
  }
}
