import ArgumentParser
import Counterfactuals
import Files
import Foundation
import Imagery
import Networks
import Report
import Sessions
import Tensors
import Terms

/// What `rather counterfactual` has read, ready to search.
struct ContrastiveWork {
  let network: Network
  let networkFile: Manifest.File
  let generator: Generator
  let generatorFiles: [Manifest.File]
  let fact: ClassSet?
  let foils: AskedPicture.Foils
  let search: ContrastiveSearch
  let beside: [Beside]
  let device: Device
  let place: FolderOptions

  var answering: BesideAnswering {
    BesideAnswering(
      methods: beside, search: search, network: network, generator: generator, device: device)
  }

  /// Answers about one picture.
  func explain(_ path: String, to folder: String) throws {
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
      throw ValidationError("\(path) is a folder; name a picture, or add --summary for all in it")
    }
    let photo = try Picture(contentsOf: path)
    let meter = Meter("searching")
    let answers = try search.answers(
      to: [AskedPicture(photo, why: fact, ratherThan: foils)], of: network, drawnBy: generator,
      on: device
    ) { meter.show($0) }[0]
    guard !answers.isEmpty else {
      throw InquiryError.factIsAnswer(
        network.labels.text(try network.prediction(for: input(photo)).likeliest(limit: 1)))
    }
    let report = ContrastiveReport(
      network: network, networkFile: networkFile, generatorFiles: generatorFiles,
      file: try PictureFile(contentsOf: path).file,
      prediction: try network.prediction(for: input(photo)), answers: answers,
      beside: try besideMaps(answers, photo), settings: search.settings(for: generator),
      command: CommandLine.quoted, seed: place.seed, version: Rather.version)
    let manifest = try report.write(to: folder, existing: place.existing)
    if place.json { return try Console.json(text: manifest.json()) }
    let text = CounterfactualText(labels: network.labels)
    for (answer, described) in zip(answers, manifest.answers) {
      Console.show(text.line(answer, failure: described.failure))
    }
    Console.show("", "Report: \(folder)/index.html")
  }

  private func input(_ photo: Picture) throws -> Tensor {
    try network.card.input.input(from: photo).on(device)
  }

  /// What the methods beside answer, by the place of the answer.
  private func besideMaps(
    _ answers: [ContrastiveAnswer], _ photo: Picture
  ) throws -> [[BesideMap]] {
    var rows = [[BesideMap]](repeating: [], count: answers.count)
    for method in beside {
      let meter = Meter(method.title)
      let found = try answering.found(by: method, to: answers, about: photo) { meter.show($0) }
      for (i, one) in found.enumerated() {
        let note = ([method.note] + (one.map == nil ? [] : [one.remark].compactMap(\.self)))
          .joined(separator: "; ")
        rows[i].append(
          BesideMap(
            title: method.title, note: note,
            map: try one.map.map { try $0.rank == 3 ? $0.mean(axes: [0]) : $0 },
            failure: one.map == nil ? one.remark : nil))
      }
    }
    return rows
  }
}

extension ClassLabels {
  /// The first of some classes by its label.
  fileprivate func text(_ classes: [Prediction.Class]) -> String { classes.first?.label ?? "" }
}
