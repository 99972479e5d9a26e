import Foundation
import Imagery
import Networks
import Tensors
import TestSupport
import Testing

/// Scripts that bring a library's models, and whether networks are fed as their libraries feed them.
@Suite struct ExportTests {
  private static let libraries = ["torchvision", "timm", "transformers", "ultralytics-cls"]
  private static let hasTorchvision =
    References.python != nil
    && (try? References.run("has_module.py", ["torchvision"])) == "yes\n"

  /// The scripts, and what the libraries that are installed feed; `.0` is the folder of it.
  private static let made = Result {
    let (scripts, out) = (try References.temporaryFolder(), try References.temporaryFolder())
    for library in libraries {
      let run = try Command(["export", library], in: scripts)
      try Data(run.output.utf8).write(to: scripts.appending(path: library + ".py"))
    }
    _ = try References.run("picture_inputs.py", [scripts.path, out.path])
    return out
  }

  @Test(arguments: libraries)
  func `export prints Python for a library`(library: String) throws {
    let run = try Workplace().run("export", library)
    #expect(run.status == 0)
    let name = library.prefix { $0 != "-" }
    #expect(run.output.contains("torch.export.save") && run.output.contains(name))
  }

  /// Torchvision's, timm's and Ultralytics' transforms resize by Pillow, and have to be equal to rounding; those of
  /// transformers by libtorch, whose filters of bytes have weights of fewer bits and always begin with widths: a level in one
  /// number of 200, or of four where Pillow begins with heights, and two in a small picture that is enlarged.
  @Test(
    .enabled(if: hasTorchvision, "the project's Python (.venv) has no torchvision"),
    .timeLimit(.minutes(3)))
  func `networks are fed what their libraries feed them, by the cards that the scripts write`()
    throws
  {
    let folder = try Self.made.get()
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    func names(_ kind: String) -> [String] {
      files.filter { $0.hasSuffix("." + kind) }.map { String($0.dropLast(kind.count + 1)) }.sorted()
    }
    let photos = try names("png").map {
      ($0, try Picture(contentsOf: folder.appending(path: $0 + ".png").path))
    }
    let cards = names("json")
    #expect(cards.count >= 5 && photos.count == 3)
    let byLibtorch: Set = [
      "vit", "clip", "convnext", "convnext-384", "dinov2", "efficientnet-hf", "siglip",
    ]
    for name in cards {
      let input = try JSONDecoder().decode(
        Preprocessing.self, from: Data(contentsOf: folder.appending(path: name + ".json")))
      for (photo, picture) in photos {
        let expected = try NumPyFile.tensor(at: folder.appending(path: "\(name)-\(photo).npy"))
        let found = try input.input(from: picture)
        try #require(found.shape == expected.shape, "\(name), \(photo)")
        let steps = try zip(levels(found, input), levels(expected, input)).map { abs($0 - $1) }
        let (worst, share) = (
          steps.max() ?? 0, Float(steps.count { $0 > 0.01 }) / Float(steps.count)
        )
        // Levels of 255, less what rounding of 32-bit floats may take.
        let isByLibtorch = byLibtorch.contains(name)
        let allowed: Float = isByLibtorch ? 2.001 : 0.001
        #expect(
          worst <= allowed && (isByLibtorch || share == 0),
          "\(name), \(photo): \(worst) of 255 levels, \(share) differ")
        if ProcessInfo.processInfo.environment["RATHER_SHOW"] != nil {
          FileHandle.standardError.write(Data("\(name)\t\(photo)\t\(worst)\t\(share)\n".utf8))
        }
      }
    }
  }

  private func levels(_ input: Tensor, _ preprocessing: Preprocessing) throws -> [Float] {
    try (preprocessing.normalisation.undone(from: input) * 255).floats()
  }
}
