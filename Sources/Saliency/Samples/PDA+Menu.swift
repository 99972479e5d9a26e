internal import Foundation
internal import Imagery
internal import Networks
internal import Terms

extension PDA: MenuMethod {
  static let table: [MethodSetting<PDA>] =
    [
      // 24² numbers a patch by default; 64² are a matrix of 128 MiB a channel.
      .count("window", \.window, 1...48, "the side of a window, in pixels"),
      .count("stride", \.stride, 1...48, "how far the window moves, at most its side"),
      .count(
        "surround", \.surround, 0...8, "the pixels around a window that it is drawn given"),
      .count("samples", \.samples, 1...10_000, "draws per window"),
      pictures,
      .count(
        "training-count", \.trainingCount, 1...1_000_000_000,
        "N of the Laplace correction, the number of training examples"),
    ] + MethodSetting.ofSamples(\.batch, \.precision)

  private static let pictures = MethodSetting<PDA>(
    key: "pictures", form: .text("explained, or a picture's file, or a folder of pictures"),
    summary: "what the Gaussian of patches is learnt from"
  ) { method in
    switch method.source {
    case .explained: explained
    case .pictures(let pictures): "\(pictures.count) pictures"
    }
  } write: { method, text, source in
    method.source = try Self.source(text, source)
  }

  /// What the menu calls it.
  public var menuName: String { Self.entry.name }

  /// Prediction difference analysis on the menu.
  static let entry = ExplainerEntry(
    PDA(seed: 0), named: "pda", title: "Prediction difference analysis",
    summary: "the evidence lost when a window is drawn anew, given what surrounds it",
    source: "Zintgraf et al. 2017", defaultScore: .probability, asksOften: true
  ) { $0.seed = $1.seed }

  private static let explained = "explained"
  /// More pictures than this say little more of patches; they are taken evenly from a folder.
  private static let pictureLimit = 500

  private static func source(_ path: String, _ context: SettingSource) throws -> Source {
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
        let picture = try context.picture(path + "/" + names[i * names.count / count])
        return try context.network?.preprocessing.withoutRegion.cut(picture) ?? picture
      })
  }
}
