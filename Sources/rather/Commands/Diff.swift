import ArgumentParser
import Foundation
import Report
import Sessions

/// `rather diff`: where does a new network answer differently from an old one, and why?
struct Diff: ParsableCommand, MemoryBounded {
  static let configuration = CommandConfiguration(
    abstract: "Shows where a new network answers differently from an old one, and why.",
    discussion: """
      Asks both networks about every picture, counts the kinds of change (the old one said Q, the new \
      one says P), and explains for the clearest pictures of each why the new one says P, rather than \
      Q; the same question to the old network stands beside it. Where folders are named after \
      classes, it says what was fixed and what was broken. Classes are the same where they have the same \
      name. Writes a folder with index.html, manifest.json, maps.npz and one picture per map.

        rather diff old.pt2 new.pt2 photos/
        rather diff old.pt2 new.pt2 photos/ --kinds 3 --show 5 --explainer layer-cam
        rather diff old.pt2 new.pt2 photos/ --json --no-pages
      """)

  @Argument(
    help: ArgumentHelp(
      "The old network, a .pt2 archive; its card lies beside it.", valueName: "old"))
  var old: String

  @Argument(
    help: ArgumentHelp("The new network; its card lies beside it.", valueName: "new"))
  var new: String

  @Argument(
    help: ArgumentHelp(
      "The pictures: files, folders, patterns, and lists that end in .txt (- reads one from standard input).",
      valueName: "picture"))
  var pictures: [String]

  @Option(
    help: ArgumentHelp(
      "How many kinds of change to explain, the commonest ones.", valueName: "count"))
  var kinds = Sessions.Diff().kindCount

  @Option(
    help: ArgumentHelp(
      "How many pictures of each kind to explain, the clearest ones.", valueName: "count"))
  var show = Sessions.Diff().exampleCount

  @Option(
    help: ArgumentHelp("Where to compute: cpu, cuda or cuda:1. (default: cpu)", valueName: "device")
  )
  var device: String?

  @OptionGroup var threads: ThreadsOption
  @OptionGroup(title: "Method") var method: ExplainerOptions
  @OptionGroup(title: "Work") var work: WorkOptions
  @OptionGroup(title: "Report") var report: ReportOptions
  @OptionGroup var pages: PagesOption

  var memoryBytes: Int { work.memory.bytes }

  /// How the folder is called after the new network's name.
  var suffix: String { "diff" }

  func validate() throws { try usage { try request().validate() } }

  /// The request of the words, but for its folder.
  private func request() -> Sessions.Diff {
    var network = NetworkChoice(new)
    (network.device, network.threads) = (device, threads.threads)
    var request = Sessions.Diff(from: old, to: network, about: pictures)
    request.method = method.choice(reducedBy: work.reduce)
    (request.kindCount, request.exampleCount) = (kinds, show)
    (request.memory, request.drawing, request.seed) = (
      work.memory.allowance, report.drawing, report.seed
    )
    return request
  }

  func run() throws {
    var request = request()
    request.place = report.place.place(about: [new], suffix: suffix)
    request.place.pages = !pages.noPages
    let answer = try request.answered()
    if report.json {
      try Console.json(text: answer.manifest.json())
    } else {
      for line in DifferenceTable(answer.manifest).lines { Console.show(line) }
      Console.show("", "Report: \(answer.folder)/\(pages.last)")
    }
    let failed = answer.manifest.failures.count
    if failed > 0 {
      throw PartlyFailed(failed: failed, total: failed + answer.manifest.pictureCount)
    }
  }
}
