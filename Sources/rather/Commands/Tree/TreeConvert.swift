public import ArgumentParser
public import Confusion
import Files
import Foundation

extension TreeForm: ExpressibleByArgument {}

/// `rather tree convert`: a tree in another form.
struct TreeConvert: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Writes a tree in another form.",
    discussion: """
      own        Rather's JSON: everything
      published  the JSON of the trees that CWOX published: clusters of every level and labels
      bif        a Bayesian network for the HLTA program: structure, labels and probabilities

      A published tree has no probabilities, which BIF needs; --fit gives them.

        rather tree convert tree.json -o tree.bif
        rather tree convert published.json -o fitted.json --fit docs.txt.gz
      """)

  @OptionGroup var options: TreeOptions

  @Option(name: [.short, .long], help: ArgumentHelp("The file to write.", valueName: "file"))
  var output: String

  @Option(
    help: ArgumentHelp(
      "The form to write. (default: bif for a name that ends in .bif, else own)", valueName: "form")
  )
  var form: TreeForm?

  @OptionGroup(title: "Fit") var fit: FitOptions

  @OptionGroup var threads: ThreadsOption
  @OptionGroup var overwriting: OverwritingOption

  func validate() throws {
    if fit.fit == nil && threads.threads != nil { throw FitOptions.idle("--threads") }
  }

  func run() throws {
    try overwriting.check([output], beside: options.inputs + fit.inputs)
    let file = try fit.fitted(try options.read(), threads: threads.count)
    try WholeFile.write(file.text(form ?? TreeForm(named: output)), to: output)
    Console.show(output)
  }
}
