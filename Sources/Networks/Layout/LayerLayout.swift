/// How a layer's output lies over the features of an input: where its rows of channels are.
public enum LayerLayout: Hashable, Sendable {
  /// `[N, K, h, w]`: a stack of maps, channels first.
  case maps
  /// `[N, h, w, K]`: maps with a row of channels for each place.
  case channelsLast
  /// `[N, r + n, K]`: a row of channels for each of n places or tokens, and r that belong to none, such as a
  /// class token. `grid` is h and w where n = h · w places of a picture, and else empty.
  case rows(grid: [Int], others: Int)
  /// `[N, K]`: one row of channels, behind all places.
  case row
}

extension MapFinder {
  /// How a value lies over the features; `nil` where nothing says so.
  ///
  /// Rows are those of a picture's places where there are as many as in the last stack of maps that the value
  /// was made of, and a few more at most; of a network of tokens, where there is one for each.
  func layout(of slot: Int) -> LayerLayout? {
    guard let fault = fault(of: slot) else { return .maps }
    if case .channelsLast = fault { return .channelsLast }
    guard program.isFloating(slot), program.isOfWholePictures(slot), ofPicture.contains(slot),
      let shape = program.shape(of: slot)
    else { return nil }
    if shape.count == 2 { return .row }
    guard shape.count == 3 else { return nil }
    if program.inputShape.count == 3 {
      // What lies in the axis of the tokens, in the order of the axes.
      return shape[1] == program.inputShape[1] ? .rows(grid: [], others: 0) : nil
    }
    guard let length = shape[1], let grid = grids[slot] else { return nil }
    let others = length - grid[0] * grid[1]
    return (0...Self.mostOthers).contains(others) ? .rows(grid: grid, others: others) : nil
  }

  /// More tokens than these beside the patches are no class, distillation or register tokens.
  private static let mostOthers = 16

  /// For each value the rows and columns of the last stack of maps that flows into it.
  static func grids(of program: Program, _ layouts: [Int: AxisLayout]) -> [Int: [Int]] {
    var grids: [Int: [Int]] = [:]
    for node in program.nodes {
      let known = node.arguments.flatMap(\.value.slots).compactMap { grids[$0] }.first
      for slot in node.results.flatMap(\.slots) {
        let shape = program.shape(of: slot) ?? []
        if layouts[slot] == .maps, let rows = shape[2], let columns = shape[3], rows * columns > 1 {
          grids[slot] = [rows, columns]
        } else {
          grids[slot] = known
        }
      }
    }
    return grids
  }
}
