import Benchmark
import Imagery
import Networks

/// From a photo's file to the pixels that a network sees.
func imagerySuite(_ photo: String) -> BenchmarkSuite {
  let suite = BenchmarkSuite(name: "Imagery", settings: TimeUnit(.ms))
  let preprocessing = Preprocessing(
    height: 224, width: 224, channels: 3, channelOrder: .rgb, mean: [0.5, 0.5, 0.5],
    std: [0.5, 0.5, 0.5], resize: .shorterSide, crop: 0.875)
  suite.benchmark("decode photo") { blackHole(try Picture(contentsOf: photo)) }
  suite.benchmark("decode and preprocess photo") {
    blackHole(try preprocessing.input(from: Picture(contentsOf: photo)))
  }
  return suite
}
