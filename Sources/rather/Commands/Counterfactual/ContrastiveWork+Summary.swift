import Counterfactuals
import Documents
import Files
import Foundation
import Imagery
import Networks
import Report
import Tensors
import Terms

extension ContrastiveWork {
  /// Pictures whose searches share a batch.
  private static let share = 64
  /// Steps of progress a picture.
  private static let steps = 100

  /// Answers about every picture of a folder, and means what is found.
  func summarise(_ path: String, limit: Int?, keep: Bool, to folder: String) throws {
    let list = try PictureList.told(at: path)
    let names = Array(list.names.prefix(limit ?? .max))
    var sums = ContrastiveSums(methods: beside, keepingExamples: keep)
    var failed = 0
    var search = search
    search.frameCount = 0
    let meter = Meter("searching", unit: Self.steps)
    let start = Date()
    for first in stride(from: 0, to: names.count, by: Self.share) {
      let range = first..<min(first + Self.share, names.count)
      let read = range.compactMap { place -> (Int, Picture)? in
        do { return (place, try Picture(contentsOf: list[place])) } catch {
          Console.message("Error: \(error)")
          failed += 1
          return nil
        }
      }
      let found = try search.answers(
        to: read.map { AskedPicture($0.1, why: fact, ratherThan: foils, stream: $0.0) },
        of: network, drawnBy: generator, on: device
      ) { update in
        let steps = Int(update.fraction * Double(range.count * Self.steps))
        meter.show(
          .init(
            completed: first * Self.steps + min(steps, range.count * Self.steps - 1),
            total: names.count * Self.steps, note: update.note))
      }
      for ((place, picture), answers) in zip(read, found) {
        let others = try beside.map {
          try answering.found(by: $0, to: answers, about: picture, stream: place)
        }
        try sums.add(answers, others.map { $0.map(\.map) }, of: names[place])
      }
      meter.show(
        .init(completed: range.upperBound * Self.steps, total: names.count * Self.steps))
    }
    try write(
      sums, about: path, keep: keep, to: folder,
      seconds: Date().timeIntervalSince(start))
    if failed > 0 { throw PartlyFailed(failed: failed, total: names.count) }
  }

  private func write(
    _ sums: ContrastiveSums, about path: String, keep: Bool, to folder: String,
    seconds: TimeInterval
  ) throws {
    let report = ContrastiveSummaryReport(
      network: network, networkFile: networkFile, generatorFiles: generatorFiles, source: path,
      pictureCount: Set(sums.records.map(\.picture)).count, method: search.method,
      pairs: try sums.differences.means(),
      foils: try sums.differences.meansOfFoils(),
      beside: try zip(beside, sums.others).map { method, found in
        .init(
          name: method.name, title: method.title,
          pairs: try found.means() + found.meansOfFoils())
      },
      answers: sums.records.isEmpty ? nil : try sums.table(network.labels),
      examples: keep ? sums.records.map(\.example) : [],
      meanInputs: try sums.meanInputs(),
      settings: search.settings(for: generator), command: CommandLine.quoted, seed: place.seed,
      version: Rather.version)
    let manifest = try report.write(to: folder, existing: place.existing)
    if place.json { return try Console.json(text: manifest.json()) }
    for pair in manifest.foils + manifest.pairs {
      let failures = pair.failedCount > 0 ? ", \(pair.failedCount) failed" : ""
      Console.show("\(pair.question) \(Counted.text(pair.count, "picture"))\(failures)")
      if let spot = pair.spot { Console.show("    \(spot.sentence)") }
      for other in pair.beside {
        Console.show("    \(other.name): \(other.spot?.sentence ?? "no change")")
      }
    }
    let failures = sums.records.filter { !$0.isAnswered }.count
    Console.show(
      "",
      "\(Counted.text(sums.records.count, "question")), \(failures) failed, \(sums.thirdClassCount) with a third "
        + "class likelier at the end")
    Console.message(String(format: "%.1f s", seconds))
    Console.show("", "Report: \(folder)/index.html")
  }
}
