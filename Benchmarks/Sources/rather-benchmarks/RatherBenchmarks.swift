import Benchmark
import Foundation
import Tensors

/// Measures Rather on real networks; `Benchmarks/run` sets it beside its peers.
@main
struct RatherBenchmarks {
  static func main() throws {
    let environment = ProcessInfo.processInfo.environment
    guard let data = environment["RATHER_DATA"], !data.isEmpty else {
      return print("RATHER_DATA is not set: name a folder with models/ and photos/ in it.")
    }
    try LibTorch.setThreadCount(environment["RATHER_THREADS"].flatMap(Int.init) ?? 2)
    LibTorch.limitMemory(to: 4 << 30)
    let subjects = try Subject.all(in: data)
    let photo = "\(data)/photos/cwox/cello_guitar.jpg"
    if let place = CommandLine.arguments.firstIndex(of: "--method") {
      return try MethodRun.measure(
        Array(CommandLine.arguments[(place + 1)...]), data: data, photo: photo)
    }
    if let place = CommandLine.arguments.firstIndex(of: "--scheme") {
      return try SchemeRun.measure(
        Array(CommandLine.arguments[(place + 1)...]), data: data, photo: photo)
    }
    if let place = CommandLine.arguments.firstIndex(of: "--faithfulness") {
      return try FaithfulnessRun.measure(
        Array(CommandLine.arguments[(place + 1)...]), data: data, photo: photo)
    }
    if CommandLine.arguments.contains("--paired") {
      return try PairedScores.measure(subjects, photo: photo)
    }
    Benchmark.main(
      [
        try tensorsSuite(), imagerySuite(photo), try networksSuite(subjects, photo: photo),
        try saliencySuite(subjects, photo: photo),
      ], customDefaults: [MinTime(seconds: 0.5), WarmupIterations(2)])
  }
}
