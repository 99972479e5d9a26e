import ArgumentParser
import Confusion
import Files
import Foundation
import Report

/// `rather tree show`: a tree for people.
struct TreeShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Shows a tree as text, or as a page to explore.",
    discussion: """
      Prints one line per cluster: its name, the probability of its “on” state, in which its \
      classes are likelier, and its classes, the most telling first. With --output, it writes a page \
      that needs no other file and no network connection.

        rather tree show tree.json --depth 2
        rather tree show tree.json --output tree.html
      """)

  @OptionGroup var options: TreeOptions

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The lowest level to show; of a page, the level down to which it is unfolded.",
      valueName: "number"))
  var level: Int?

  @Option(help: ArgumentHelp("How many levels to show from the top.", valueName: "count"))
  var depth: Int?

  @Option(name: [.short, .long], help: ArgumentHelp("The page to write.", valueName: "file.html"))
  var output: String?

  @OptionGroup var overwriting: OverwritingOption

  func validate() throws {
    if overwriting.force && output == nil {
      throw ValidationError("--force does nothing without --output")
    }
    if let depth, depth < 1 { throw ValidationError("--depth must be 1 or more") }
    if level != nil && depth != nil { throw ValidationError("give --level or --depth, not both") }
  }

  func run() throws {
    try overwriting.check([output], beside: options.inputs)
    let file = try options.read()
    let height = file.tree.height
    let lowest = depth.map { max(height - $0 + 1, 1) } ?? level
    if let lowest, !(1...height).contains(lowest) { throw CutError.level(lowest, height: height) }
    guard let output else {
      for line in TreeText(file.tree, downTo: lowest ?? 1).lines { Console.show(line) }
      return
    }
    let page = TreePage(
      file, title: URL(filePath: options.tree).lastPathComponent, openDownTo: lowest,
      version: Rather.version)
    try WholeFile.write(Array(page.html().utf8), to: output)
    Console.show(output)
  }
}
