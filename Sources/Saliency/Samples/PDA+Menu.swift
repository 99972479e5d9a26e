internal import Foundation
internal import Imagery
internal import Networks

extension PDA {
  /// Prediction difference analysis on the menu.
  static let entry = ExplainerEntry(
    name: "pda", title: "Prediction difference analysis",
    summary: "the evidence lost when a window is drawn anew, given what surrounds it",
    source: "Zintgraf et al. 2017", usualScore: .probability,
    settings: [
      // 24² numbers a patch by default; 64² are a matrix of 128 MiB a channel.
      Setting("window", .count(1...48), usual: "16", "the side of a window, in pixels"),
      Setting("stride", .count(1...48), usual: "8", "how far the window moves, at most its side"),
      Setting(
        "surround", .count(0...8), usual: "4", "the pixels around a window that it is drawn given"),
      Setting("samples", .count(1...10_000), usual: "6", "draws per window"),
      Setting(
        "pictures", .text("explained, or a picture's file, or a folder of pictures"),
        usual: explained, "what the Gaussian of patches is learnt from"),
      Setting(
        "training-count", .count(1...1_000_000_000), usual: "100000",
        "N of the Laplace correction, the number of training examples"),
    ] + Setting.ofSamples
  ) { values, context in
    PDA(
      window: values.count("window"), stride: values.count("stride"),
      surround: values.count("surround"), samples: values.count("samples"),
      source: try source(values.text("pictures"), context),
      trainingCount: values.count("training-count"), batch: values.batch,
      precision: try values.choice("precision"), seed: context.seed)
  }

  private static let explained = "explained"
  /// More pictures than this say little more of patches; they are taken evenly from a folder.
  private static let pictureLimit = 500

  private static func source(_ path: String, _ context: ExplainerEntry.Context) throws -> Source {
    if path == explained { return .explained }
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw SettingError.value(
        path, of: "pictures", expected: "explained, or a picture's file, or a folder of pictures")
    }
    guard isFolder.boolValue else { return .pictures([try context.picture(path)]) }
    let names = try FileManager.default.contentsOfDirectory(atPath: path)
      .filter { Picture.isLikelyPicture($0) && !$0.hasPrefix(".") }.sorted()
    if names.isEmpty {
      throw SettingError.value(path, of: "pictures", expected: "a folder that holds pictures")
    }
    let count = min(names.count, pictureLimit)
    return .pictures(
      try (0..<count).map { i in
        // Cut at once, so that a folder of photos takes no more memory than the network's inputs.
        try context.network.card.input.cut(
          context.picture(path + "/" + names[i * names.count / count]))
      })
  }
}
