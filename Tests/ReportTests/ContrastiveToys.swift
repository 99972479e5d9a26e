import Counterfactuals
import Imagery
import Networks
import Tensors
import Terms
import TestSupport

@testable import Report

/// Answers made by hand: grey pictures of 4 × 6 and a network of two or more classes.
enum ContrastiveToys {
  static func network(labels: [String] = ["4", "9", "3"]) throws -> Network {
    let program = try ToyNetworks.pooled(
      kernels: [1, -2], biases: [0.1, 1], head: labels.indices.map { [Float($0), 1] }, height: 4,
      width: 6)
    return try Network(
      program: program, card: ToyNetworks.card(height: 4, width: 6, labels: labels),
      cardPath: "toy.json")
  }

  static func likelihoods(_ fact: Float, _ foil: Float, _ other: Float) -> Likelihoods {
    Likelihoods(fact: fact, foil: foil, other: .init(index: 2, logLikelihood: other))
  }

  static func attempt(
    _ verdict: ContrastiveAttempt.Verdict, distance: Float = 1.5,
    _ likelihoods: Likelihoods = Self.likelihoods(-0.7, -0.7, -3)
  ) -> ContrastiveAttempt {
    ContrastiveAttempt(
      startCode: [0, 1, 2], code: [1, 1, 2], distance: distance, pictureDistance: 0.8,
      residual: 0.01, likelihoods: likelihoods, iterations: 120, multiplierUpdates: 4,
      verdict: verdict)
  }

  /// The input is black on the left and white on the right.
  static func input() throws -> Tensor {
    try Tensor((0..<24).map { $0 % 6 < 3 ? 0 : 1 }, shape: [1, 4, 6])
  }

  /// Pixel (0, 0) gets 0.8 brighter, pixel (5, 0) 0.4 darker.
  static func answer(
    fact: Int = 0, foil: Int = 1, method: ContrastiveMethod = .cdeepex,
    at optimum: Likelihoods = likelihoods(-0.7, -0.7, -3), saved: Likelihoods? = nil,
    frames: Int = 5, distance: Float = 1.5
  ) throws -> ContrastiveAnswer {
    var change = [Float](repeating: 0, count: 24)
    change[0] = 0.8
    change[5] = -0.4
    let difference = try Tensor(change, shape: [1, 4, 6])
    let input = try input()
    let path = try (0..<frames).map { step in
      let fraction = Float(step) / Float(frames - 1)
      return ContrastiveExample.Frame(
        fraction: fraction, picture: try input + difference * fraction,
        likelihoods: likelihoods(-0.1 - 0.6 * fraction, -2 + 1.3 * fraction, -4))
    }
    return ContrastiveAnswer(
      fact: ClassSet(fact), foil: ClassSet(foil), method: method, input: input,
      likelihoods: likelihoods(-0.1, -2.5, -4),
      attempts: [
        attempt(.unsettled), attempt(.converged, distance: distance, optimum),
      ],
      example: ContrastiveExample(
        attempt: 1, reconstruction: input, picture: try input + difference,
        difference: difference, saved: saved ?? optimum, path: path))
  }

  static func failed(
    foil: Int = 1, _ attempts: [ContrastiveAttempt]
  ) throws -> ContrastiveAnswer {
    ContrastiveAnswer(
      fact: ClassSet(0), foil: ClassSet(foil), method: .cdeepex, input: try input(),
      likelihoods: likelihoods(-0.1, -2.5, -4), attempts: attempts, example: nil)
  }

  static func report(
    _ answers: [ContrastiveAnswer], labels: [String] = ["4", "9", "3"],
    beside: [[ComparedMethodMap]] = []
  ) throws -> ContrastiveReport {
    let network = try network(labels: labels)
    return ContrastiveReport(
      network: network,
      picture: try Picture(width: 6, height: 4, filledWith: .init(red: 0, green: 0, blue: 0)),
      prediction: Prediction(
        classes: labels.indices.map {
          .init(index: $0, label: labels[$0], probability: $0 == 0 ? 0.9 : 0.01, logit: 0)
        }, value: nil), answers: answers, beside: beside,
      provenance: Provenance(
        command: "rather counterfactual toy.png", network: .init(path: "toy.pt2", sha256: "00"),
        generator: [.init(path: "decoder.pt2", sha256: "22")],
        input: .init(path: "toy.png", sha256: "11", size: .init(width: 6, height: 4)),
        settings: ["starts": 2], seed: 7, version: "test"))
  }
}
