import ArgumentParser
import Files
import Foundation
import Tensors
import Terms

/// The `rather` command.
@main
struct Rather: ParsableCommand {
  static let version = Release.version

  static let configuration = CommandConfiguration(
    commandName: "rather",
    abstract: "Asks a trained network: why P, rather than Q?",
    discussion: """
      Explains what a PyTorch classifier sees in a picture that makes it answer one class rather \
      than another. `rather export` shows how to bring your own network.

      Exit status: 0 done, 64 wrong usage, 65 bad input data, 70 a defect of Rather, 74 something \
      could not be written, for example because the disk is full.
      """,
    version: "rather \(version), libtorch \(LibTorch.version); \(confinement)",
    subcommands: [
      Explain.self, Counterfactual.self, Compare.self, Diff.self, Sanity.self, Explainers.self,
      Predict.self,
      DocumentsCommand.self, TreeCommand.self, EvaluateCommand.self, NetworkCommand.self,
      Train.self, DataCommand.self, Serve.self,
      Export.self, Demo.self,
    ])

  /// Whether the kernel offers what keeps a network from harm, should it find a way to do any.
  private static var confinement: String {
    let version = Confinement.kernelVersion
    return version > 0
      ? "commands that read networks are confined by Landlock \(version)"
      : "commands that read networks are not confined, because this kernel offers no Landlock"
  }

  static func main() {
    // A reader that went away, and a limit on the size of files, become errors of writing.
    for number in [SIGPIPE, SIGXFSZ] { signal(number, SIG_IGN) }
    FatalSignals.endInASentence()
    Ending.answerForLibraries()
    do {
      var command = parsed()
      if let reader = command as? any ConfinedCommand {
        FatalSignals.nameNetwork()
        reader.confine()
      }
      try SecondThread.check()
      if !(command is Serve) { UnfinishedFiles.removeWhenInterrupted() }
      LibTorch.limitMemory(to: (command as? any MemoryBounded)?.memoryBytes ?? MemoryOption.default)
      StatusLine.shared.start(type(of: command)._commandName)
      try command.run()
      Ending.end()
    } catch {
      Ending.end(with: error)
    }
  }

  private static func parsed() -> any ParsableCommand {
    do { return try parseAsRoot(FormerOptions.renamed(CommandLine.arguments.dropFirst())) } catch {
      Ending.end(parsing: error)
    }
  }
}
