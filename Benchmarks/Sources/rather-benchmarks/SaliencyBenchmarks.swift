import Benchmark
import Networks
import Saliency
import Terms

/// Maps of seven scores at once: three contrasts, their reverses and a logit.
func saliencySuite(_ subjects: [Subject], photo: String) throws -> BenchmarkSuite {
  let suite = BenchmarkSuite(name: "Saliency", settings: TimeUnit(.ms))
  let logits = (0..<7).map { Score.logit(ClassSet($0)) }
  let contrasts = (0..<3).flatMap { i -> [Score] in
    let (p, q) = (ClassSet(i), ClassSet(i + 3))
    return [.logOdds(p, against: q), .logOdds(q, against: p)]
  }
  for subject in subjects {
    let input = try subject.input(from: photo)
    for layer in subject.layers {
      let explainer = try GradCAM().at(layer)
      let place = "\(subject.name) · \(layer.name)"
      for (name, scores) in [
        ("seven logits", logits), ("seven contrasts", contrasts + [.logit(ClassSet(6))]),
      ] {
        suite.benchmark("\(name) · \(place)") {
          let explained = try explainer.maps(of: scores, in: subject.network, at: input)
          precondition(explained.maps.count == 7)
          blackHole(explained)
        }
      }
    }
  }
  return suite
}
