// Explains a photo: why this class, rather than that?
//
//   swift run explain-photo resnet50.pt2 photo.jpg cello violin report
import Foundation
import Rather

let words = CommandLine.arguments
guard words.count == 6 else {
  print("usage: explain-photo NETWORK PHOTO FACT FOIL FOLDER")
  exit(64)
}
let network = try Network(contentsOf: URL(filePath: words[1]))
let photo = try Photo(contentsOf: URL(filePath: words[2]))
let answer = try network.explain(photo, why: words[3], ratherThan: words[4], by: .gradCAM)
print(answer.text(answer.answers[0]))
print("The largest value is", try answer.map.values.extremes().upperBound)
try answer.save(to: URL(filePath: words[5]))
