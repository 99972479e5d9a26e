/// What a program's operators say of its values' places, whatever is then asked about them.
///
/// - Complexity: a few passes over the nodes.
struct MapFacts: Sendable {
  let layouts: [Int: AxisLayout]
  /// The slots that the picture flows into.
  let ofPicture: Set<Int>
  /// The slots between the weights before an attention and those behind it.
  let insideAttention: Set<Int>
  let reading: PlaceReading
  /// By slot, the value that it has the numbers of, moved.
  let moved: [Int: Int]

  init(of program: Program) {
    let analysis = LayoutAnalysis(of: program)
    layouts = analysis.layouts
    ofPicture = analysis.flowing
    insideAttention = AttentionRegion(of: program, analysis).slots
    reading = PlaceReading(of: program, analysis)
    moved = analysis.moved
  }
}
