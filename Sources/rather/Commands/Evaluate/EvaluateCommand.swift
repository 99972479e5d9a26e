import ArgumentParser

/// `rather evaluate`: are explanations true of the network?
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Measures, over many pictures, how faithful explanations are to a network.",
    discussion: """
      The likeliest classes of each picture fall into clusters; each class of a cluster is told \
      apart from the rest of it by every method, an explainer with a scheme; and the network is \
      queried while the pixels each map ranks highest are removed. The same command resumes a run \
      that was interrupted, and may add pictures, explainers and schemes to it.

        rather evaluate --model net.pt2 --images photos --tree tree.json -o run
        rather evaluate --model net.pt2 --images photos --tree tree.json --explainers grad-cam,rise \
      --settings rise:masks=400 --schemes swox,cwox-2s -o run
        rather evaluate report run

      `rather help evaluate run` lists the options.
      """,
    subcommands: [EvaluateRun.self, EvaluateReport.self], defaultSubcommand: EvaluateRun.self)
}
