import ArgumentParser
import Foundation
import Imagery
import Networks
import Tensors
import Terms

/// `rather predict`: what the network answers.
struct Predict: ParsableCommand, MemoryBounded {
  static let configuration = CommandConfiguration(
    abstract: "Prints the likeliest classes of pictures.")

  @Argument(help: "Pictures, or folders of pictures.")
  var pictures: [String]

  @OptionGroup(title: "Network") var network: NetworkOptions

  @Option(help: "How many classes to print.")
  var top = 5

  @Flag(help: "Print JSON: [{file, top: [{index, label, probability, logit}]}].")
  var json = false

  @OptionGroup var memory: MemoryOption

  var memoryBytes: Int { memory.bytes }

  func validate() throws {
    if top < 1 { throw ValidationError("--top must be 1 or more") }
  }

  /// What is printed of one picture.
  struct Row: Encodable {
    let file: String
    let top: [Prediction.Class]
    let value: Float?
  }

  func run() throws {
    let device = try network.chosenDevice()
    let loaded = try network.load()
    let files = try Self.files(pictures)
    let meter = files.count > 1 ? Meter("predicting") : nil
    var rows: [Row] = []
    var failed = 0
    for (i, file) in files.enumerated() {
      do {
        let prediction = try loaded.prediction(
          for: loaded.card.input.input(from: Picture(contentsOf: file)).on(device))
        rows.append(
          Row(file: file, top: Array(prediction.classes.prefix(top)), value: prediction.value))
        if !json { show(rows[rows.count - 1]) }
      } catch let error as PictureError where files.count > 1 {
        failed += 1
        Console.error(error)
      }
      meter?.show(ProgressUpdate(completed: i + 1, total: files.count))
    }
    if json { try Console.json(rows) }
    if failed > 0 { throw PartlyFailed(failed: failed, total: files.count) }
  }

  private func show(_ row: Row) {
    Console.show(row.file)
    if let value = row.value { Console.show("  value \(value)") }
    for line in row.top {
      Console.show("  \(Console.percent(line.probability))  \(line.label)  (class \(line.index))")
    }
  }

  private static func files(_ names: [String]) throws -> [String] {
    var files: [String] = []
    for name in names {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: name, isDirectory: &isFolder), isFolder.boolValue
      else {
        files.append(name)
        continue
      }
      let inside = try Picture.names(below: name) { Console.message("Note: \($0)") }
      files += inside.map { name.hasSuffix("/") ? name + $0 : "\(name)/\($0)" }
    }
    return files
  }
}
