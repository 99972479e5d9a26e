// Scores one map: how fast does P fall while the pixels go that the map names?
//
//   swift run score-map resnet50.pt2 photo.jpg cello violin
import Foundation
import Rather

let words = CommandLine.arguments
guard words.count == 5 else {
  print("usage: score-map NETWORK PHOTO FACT FOIL")
  exit(64)
}
let network = try Network(contentsOf: URL(filePath: words[1]))
let photo = try Photo(contentsOf: URL(filePath: words[2]))
let answer = try network.explain(photo, why: words[3], ratherThan: words[4], by: .gradCAM)
if let whole = try answer.curves()[0].whole {
  for (count, score) in zip(whole.deletion.counts, whole.deletion.scores) {
    print(count, "pixels gone: p(P) · (1 − p(Q)) is", score)
  }
  print("The area under p(P) is", whole.deletionArea)
}
