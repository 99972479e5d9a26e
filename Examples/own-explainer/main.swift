// An explainer of your own: the square of the gradient at the input. It is asked, drawn and scored like any other.
//
//   swift run own-explainer resnet50.pt2 photo.jpg cello violin report
import Foundation
import Rather

/// A method that needs the gradients of the scores at the input says only what it makes of them.
struct SquaredGradient: LocalGradientExplainer {
  func attributions(of gradients: Tensor, at inputs: Tensor) throws -> Tensor {
    try gradients.squared()
  }
}

let words = CommandLine.arguments
guard words.count == 6 else {
  print("usage: own-explainer NETWORK PHOTO FACT FOIL FOLDER")
  exit(64)
}
let network = try Network(contentsOf: URL(filePath: words[1]))
let answer = try network.explain(
  Photo(contentsOf: URL(filePath: words[2])), why: words[3], ratherThan: words[4],
  by: .own(SquaredGradient(), titled: "Squared gradient"))
print("The smallest value is", try answer.map.values.extremes().lowerBound)
try answer.save(to: URL(filePath: words[5]))
