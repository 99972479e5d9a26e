import ArgumentParser

/// `rather tree`: latent trees of classes and the confusion clusters that they hold.
struct TreeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tree",
    abstract: "Learns and reads latent trees: which classes a network confuses.",
    discussion: """
      A tree joins classes that a network often finds likely together; cutting it gives clusters. \
      It is learnt from documents: the likeliest classes of many pictures, one line each.

        rather tree learn docs.txt.gz -o tree.json --labels labels.txt
        rather tree cut tree.json cello violin banjo
        rather tree show tree.json --output tree.html

      Every command reads trees that `rather tree learn` wrote, trees that CWOX published, and \
      .bif files of the HLTA program.
      """,
    subcommands: [
      TreeLearn.self, TreeShow.self, TreeCut.self, TreeScoreCommand.self, TreeCompare.self,
      TreeConvert.self,
    ])
}
