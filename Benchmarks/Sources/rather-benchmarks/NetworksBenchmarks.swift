import Benchmark
import Networks
import Tensors

/// Loading networks, running them, and differentiating one score.
func networksSuite(_ subjects: [Subject], photo: String) throws -> BenchmarkSuite {
  let suite = BenchmarkSuite(name: "Networks", settings: TimeUnit(.ms))
  for subject in subjects {
    let program = subject.network.program
    let input = try subject.input(from: photo)
    suite.benchmark("load · \(subject.name)") { blackHole(try Network(contentsOf: subject.path)) }
    suite.benchmark("forward · \(subject.name)") { blackHole(try program.output(for: input)) }
    for layer in subject.layers {
      suite.benchmark("forward and one backward · \(subject.name) · \(layer.name)") {
        let found = try program.gradients(at: [layer], input: input) { output in
          try Tensor.stacked([output.reshaped([-1]).select(axis: 0, index: 0)])
        }
        blackHole(found)
      }
    }
  }
  return suite
}
