import ArgumentParser

/// `rather evaluate`: are explanations true of the network?
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Measures over many pictures how true explanations are of a network.",
    discussion: """
      The likeliest classes of each picture come in clusters; each class of a cluster is told apart \
      from the rest of it by every method, an explainer by a scheme; and the network is asked while \
      the pixels go that a map names. A run that was interrupted goes on by the same command, and \
      pictures, explainers and schemes may be added to it.

        rather evaluate --model net.pt2 --images photos --tree tree.json -o run
        rather evaluate --model net.pt2 --images photos --tree tree.json --explainers grad-cam,rise \
      --settings rise:masks=400 --schemes swox,cwox-2s -o run
        rather evaluate report run

      `rather help evaluate run` lists the options.
      """,
    subcommands: [EvaluateRun.self, EvaluateReport.self], defaultSubcommand: EvaluateRun.self)
}
