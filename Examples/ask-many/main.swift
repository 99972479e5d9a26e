// Asks many questions about a photo in one pass: why the likeliest class, rather than each of the next four?
//
//   swift run ask-many resnet50.pt2 photo.jpg
import Foundation
import Rather

let words = CommandLine.arguments
guard words.count == 3 else {
  print("usage: ask-many NETWORK PHOTO")
  exit(64)
}
let network = try Network(contentsOf: URL(filePath: words[1]))
let photo = try Photo(contentsOf: URL(filePath: words[2]))
let likely = try network.prediction(for: photo).classes.prefix(5).map { ClassSet($0.index) }
let questions = likely.dropFirst().map { Question.whyRatherThan(likely[0], $0) }
let answer = try network.explain(photo, asking: questions, by: .integratedGradients)
for one in answer.answers {
  print(answer.text(one), "The log-odds are", one.scores[0])
}
