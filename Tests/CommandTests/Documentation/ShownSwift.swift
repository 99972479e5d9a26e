import Foundation
import Rather
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
      to: [ContrastiveQuestion(photo, ratherThan: .all)], of: network, drawnBy: generator)
    for answer in answers[0] {
      print(answer.foil, answer.example.map { answer.attempts[$0.attempt].distance } ?? "failed")
    }
  }

  /// `docs/swift.md`, “What the command does”.
  static func requests() async throws {
    let place = try Workplace()
    defer { try? FileManager.default.removeItem(at: place.folder) }
    let (photoPath, networkPath) = (place.path("photo.png"), place.path("toy.pt2"))
    let folderPath = place.path("report")
    var request = Explain(photoPath, of: NetworkChoice(networkPath))
    request.question = QuestionChoice(why: "cello", ratherThan: "violin")
    request.place = PlaceChoice(folderPath)
    let job = Session().run(request)
    for await event in job { print(event) }
    let written = try await job.answer
    if case .one(let report) = written { print(report.folder) }
  }

  /// `docs/swift.md`, “A question”.
  static func explaining() throws {
    let place = try Workplace()
    defer { try? FileManager.default.removeItem(at: place.folder) }
    let networkFile = URL(filePath: place.path("toy.pt2"))
    let photoFile = URL(filePath: place.path("photo.png"))
    let folder = place.folder.appending(path: "report")
    let network = try Network(contentsOf: networkFile)
    let photo = try Photo(contentsOf: photoFile)
    let answer = try network.explain(photo, why: "cello", ratherThan: "violin", by: .gradCAM)
    print(answer.text(answer.answers[0]), answer.prediction.classes[0].probability)
    try answer.save(to: folder)
  }
}
