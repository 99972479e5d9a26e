import Benchmark
import Tensors

/// What a call through the door costs, the work itself being nothing.
func tensorsSuite() throws -> BenchmarkSuite {
  let suite = BenchmarkSuite(name: "Tensors", settings: TimeUnit(.ms))
  let a = try Tensor([1, 2, 3, 4], shape: [4])
  suite.benchmark("1000 tiny adds") {
    for _ in 0..<1000 { blackHole(try a + a) }
  }
  return suite
}
