import ArgumentParser
import Report
import Sessions

/// Fast methods of different families.
enum SanityMethods: DefaultMethods {
  static var `default`: MethodsChoice { Sessions.Sanity().methods }
}

/// `rather sanity`: do a method's maps depend on the weights, on the fact and on the foil?
struct Sanity: ParsableCommand, MemoryBounded {
  static let configuration = CommandConfiguration(
    abstract: "Tests whether maps depend on the network's weights, on the fact and on the foil.",
    discussion: """
      A map that stays the same when the network has forgotten what it learnt shows the picture's \
      edges, not the network; one that stays the same for another fact or foil does not answer the \
      question. Randomises weights from the output down (cascade) and one stage at a time \
      (independent), asks about other classes (logit), and puts other classes in the place of the \
      fact and of the foil. Without a question, the network's answer is set against its runner-up. \
      Writes a folder with index.html, manifest.json and maps.npz.

        rather sanity photo.jpg --model net.pt2
        rather sanity photo.jpg --model net.pt2 --why cello --rather-than violin
        rather sanity photo.jpg --model net.pt2 --explainers grad-cam,lrp,rise --settings rise:masks=500 --tests cascade,foil
      """)

  @Argument(
    help: ArgumentHelp(
      "The picture: JPEG, PNG, WebP, BMP or GIF. Several, a folder, a pattern, or a list that ends in .txt "
        + "(- reads one from standard input) get a report each, and a page over all.",
      valueName: "picture"))
  var pictures: [String]

  @OptionGroup(title: "Network") var network: NetworkOptions
  @OptionGroup(title: "Question") var question: QuestionOptions

  @OptionGroup(title: "Methods") var methods: MethodOptions<SanityMethods>

  @OptionGroup(title: "Tests") var choice: SanityOptions
  @OptionGroup(title: "Work") var work: WorkOptions
  @OptionGroup(title: "Report") var report: FolderOptions
  @OptionGroup var pages: PagesOption

  /// How the folder is called after the picture's name.
  var suffix: String { "sanity" }

  var memoryBytes: Int { work.memory.bytes }

  func run() throws {
    var request = Sessions.Sanity()
    request.pictures = pictures
    request.network = try network.choice()
    request.question = question.choice
    request.methods = methods.choice(reducedBy: work.reduce)
    request.tests = try choice.tests
    (request.stages, request.draws, request.signed) = (choice.stages, choice.draws, choice.signed)
    (request.memory, request.seed) = (work.memory.allowance, report.seed)
    request.place = report.place(about: pictures, suffix: suffix)
    request.place.pages = !pages.noPages
    switch try request.answered(finished: report.tell) {
    case .one(let written): try show(written.manifest, in: written.folder)
    case .many(let set): try report.show(set)
    }
  }

  private func show(_ manifest: SanityManifest, in folder: String) throws {
    if report.json { return try Console.json(text: manifest.json()) }
    Console.show(manifest.question, "")
    for line in SanityTable(manifest).lines { Console.show(line) }
    Console.show("", "Report: \(folder)/\(pages.last)")
  }
}
