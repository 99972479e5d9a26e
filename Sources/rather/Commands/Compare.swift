import ArgumentParser
import Report
import Sessions

/// Every method on the menu.
enum AllMethods: DefaultMethods {
  static var `default`: MethodsChoice { Sessions.Compare().methods }
}

/// `rather compare`: one question, answered by many methods side by side.
struct Compare: ParsableCommand, MemoryBounded {
  static let configuration = CommandConfiguration(
    abstract: "Answers one question by many methods, side by side.",
    discussion: """
      Writes the same folder as `rather explain`, with one map per method. A method that fails, \
      for example because it has no rule for one of the network's operators, is left out and \
      named.

        rather compare photo.jpg --model net.pt2 --why cello --rather-than violin
        rather compare photo.jpg --model net.pt2 --explainers grad-cam,rise,lime --settings rise:masks=2000
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

  @OptionGroup(title: "Methods") var methods: MethodOptions<AllMethods>

  @OptionGroup(title: "Check") var check: CheckOptions
  @OptionGroup(title: "Work") var work: WorkOptions
  @OptionGroup(title: "Report") var report: ReportOptions
  @OptionGroup var pages: PagesOption

  var memoryBytes: Int { work.memory.bytes }

  func run() throws {
    var request = Sessions.Compare()
    request.pictures = pictures
    request.network = try network.choice()
    request.region = region.region
    (request.question, request.check) = (question.choice, check.choice)
    request.methods = methods.choice(reducedBy: work.reduce)
    request.memory = work.memory.allowance
    (request.drawing, request.seed) = (report.drawing, report.seed)
    request.place = report.place.place(about: pictures, suffix: "why")
    request.place.pages = !pages.noPages
    switch try request.answered(finished: report.place.tell) {
    case .one(let written): try show(written)
    case .many(let set): try report.place.show(set)
    }
  }

  private func show(_ written: WrittenReport<Manifest>) throws {
    if report.json { return try Console.json(text: written.manifest.json()) }
    for map in written.manifest.maps {
      Console.show("\(map.explainer)  \(written.folder)/\(map.png ?? "maps.npz")")
      if let check = map.check { Console.show("    \(check.text)") }
    }
    for line in agreement(written.manifest) { Console.show(line) }
    Console.show("", "Report: \(written.folder)/\(pages.last)")
  }

  /// How far any two methods agree, a row and a column for each.
  private func agreement(_ manifest: Manifest) -> [String] {
    let found = manifest.agreement ?? []
    if found.isEmpty { return [] }
    let table = AgreementTable(found, among: manifest.maps.map(\.key))
    let places = manifest.maps.indices
    let head = [""] + places.map { "\($0 + 1)" }
    let rows = places.map { one in
      ["\(one + 1) \(manifest.maps[one].explainer)"]
        + places.map { table.cell(one, $0)?.text ?? "·" }
    }
    return [
      "",
      "How far they agree: rank correlation above the diagonal, overlap of the strongest tenths below it.",
    ] + TextTable(right: Set(1..<head.count)).lines([head] + rows)
  }
}
