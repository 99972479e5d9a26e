import Counterfactuals
import Networks
import Terms
import TestSupport

/// The lines of Swift that the documentation shows, on toys.
enum ShownSwift {
  /// `docs/counterfactuals.md`, “From Swift”.
  static func counterfactuals() throws {
    let network = try ToyDrawing.network([[5, 0, 0], [0, 5, 0], [1, 1, 0]], biases: [0, 0, -1])
    let generator = try ToyDrawing.generator(
      [[1, 0], [0, 1], [0, 0]], offset: [0, 0, 0.5], encoder: [[1, 0, 0], [0, 1, 0]])
    let photo = try ToyDrawing.picture([204, 51, 153])
    var search = ContrastiveSearch(seed: 0)
    search.startCount = 4
    let answers = try search.answers(
      to: [AskedPicture(photo, ratherThan: .all)], of: network, drawnBy: generator)
    for answer in answers[0] {
      print(answer.foil, answer.example.map { answer.attempts[$0.attempt].distance } ?? "failed")
    }
  }
}
