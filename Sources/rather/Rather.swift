import ArgumentParser
import Files
import Tensors

/// The `rather` command.
@main
struct Rather: ParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "rather",
    abstract: "Asks a trained network: why P, rather than Q?",
    discussion: """
      Explains what a PyTorch classifier sees in a picture that makes it answer one class rather \
      than another. `rather export` tells how to bring a network.

      Exit status: 0 done, 64 wrong usage, 65 bad input data, 70 a defect of Rather.
      """,
    version: "rather \(version), libtorch \(LibTorch.version)",
    subcommands: [
      Explain.self, Counterfactual.self, Compare.self, Sanity.self, Explainers.self, Predict.self,
      DocumentsCommand.self, TreeCommand.self, EvaluateCommand.self, NetworkCommand.self,
      Train.self, DataCommand.self,
      Export.self, Demo.self,
    ])

  static func main() {
    UnfinishedFiles.removeWhenInterrupted()
    LibTorch.keepFreedMemory()
    do {
      var command = try parseAsRoot()
      try command.run()
      Ending.end()
    } catch {
      Ending.end(with: error)
    }
  }
}
