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

      Exit status: 0 done, 64 wrong usage, 65 bad input data, 70 a defect of Rather, \
      74 something could not be written, such as on a full disk.
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
      var command = parsed()
      try command.run()
      Ending.end()
    } catch {
      Ending.end(with: error)
    }
  }

  private static func parsed() -> any ParsableCommand {
    do { return try parseAsRoot() } catch { Ending.end(parsing: error) }
  }
}
