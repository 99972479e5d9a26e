public import ArgumentParser
public import Imagery
import Networks
import Report
import Sessions

extension ColorMap: ExpressibleByArgument {}

/// `rather explain`: why P, rather than Q?
struct Explain: ParsableCommand, MemoryBounded {
  static let configuration = CommandConfiguration(
    abstract: "Explains a picture: why this class, rather than that?",
    discussion: """
      Without a question, the whole output is explained. With a latent tree (--tree), the \
      likeliest classes are put in confusion clusters; each cluster is set against the others, and \
      each class against the rest of its cluster (CWOX-2s). Without a tree, each class is set \
      against the others. `rather documents` and `rather tree learn` make the tree. Writes a \
      folder with index.html, manifest.json, maps.npz and one picture per map.

        rather explain photo.jpg --model net.pt2
        rather explain photo.jpg --model net.pt2 --tree tree.json
        rather explain photo.jpg --model net.pt2 --why cello --rather-than violin
        rather explain photo.jpg --model net.pt2 --explainer rise --settings masks=2000
        rather explain photo.jpg --model net.pt2 --tree tree.json --check
      """)

  @Argument(
    help: ArgumentHelp(
      "The picture: JPEG, PNG, WebP, BMP or GIF. Several, a folder, a pattern, or a list that ends in .txt "
        + "(- reads one from standard input) get a report each, and a page over all.",
      valueName: "picture"))
  var pictures: [String]

  @OptionGroup(title: "Network") var network: NetworkOptions
  @OptionGroup(title: "Network") var region: RegionOption
  @OptionGroup(title: "Question") var question: QuestionOptions
  @OptionGroup(title: "Question") var rival: RivalOption

  @OptionGroup(title: "Whole output") var whole: SchemeOptions
  @OptionGroup(title: "Method") var method: ExplainerOptions
  @OptionGroup(title: "Check") var check: CheckOptions
  @OptionGroup(title: "Work") var work: WorkOptions
  @OptionGroup(title: "Report") var report: ReportOptions
  @OptionGroup var pages: PagesOption

  var memoryBytes: Int { work.memory.bytes }

  func run() throws {
    var request = Sessions.Explain()
    request.pictures = pictures
    request.network = try network.choice()
    request.region = region.region
    (request.question, request.whole) = (question.choice, whole.choice)
    request.ratherThanOf = rival.ratherThanOf
    request.method = method.choice(reducedBy: work.reduce)
    (request.check, request.memory) = (check.choice, work.memory.allowance)
    (request.drawing, request.seed) = (report.drawing, report.seed)
    request.place = report.place.place(about: pictures, suffix: "why")
    request.place.pages = !pages.noPages
    switch try request.answered(finished: report.place.tell) {
    case .one(let written): try show(written)
    case .many(let set): try report.place.show(set)
    }
  }

  private func show(_ rival: Manifest.Rival) {
    let chance = ChanceText.of(rival.probability)
    // In the column of percentages, which are seven wide.
    let space = String(repeating: " ", count: max(0, 7 - chance.count))
    Console.show("\(space)\(chance)  \(rival.label), added as a rival")
  }

  private func show(_ written: WrittenReport<Manifest>) throws {
    if report.json {
      try Console.json(text: written.manifest.json())
      return
    }
    let rivals = written.manifest.scheme?.rivals ?? []
    let shown = written.manifest.prediction
    for row in shown {
      if let rival = rivals.first(where: { $0.index == row.index }) {
        show(rival)
      } else {
        Console.show("\(Percentage.text(row.probability))  \(row.label)")
      }
    }
    for rival in rivals where !shown.contains(where: { $0.index == rival.index }) { show(rival) }
    for row in written.manifest.values.prefix(5) { Console.show("\(row.value)  \(row.label)") }
    if let value = written.manifest.value, written.manifest.values.isEmpty {
      Console.show("value \(value)")
    }
    Console.show("")
    for map in written.manifest.maps {
      let isInside = map.stage == "class"
      let indent = isInside ? "  " : ""
      Console.show(
        "\(indent)\(map.question)", "\(indent)    \(written.folder)/\(map.png ?? "maps.npz")")
      if let check = map.check { Console.show("\(indent)    \(check.text)") }
    }
    Console.show("", "Report: \(written.folder)/\(pages.last)")
  }
}
