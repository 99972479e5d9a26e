import Foundation
import Imagery
import Networks
import TestSupport
import Testing

/// A command that is watched while it works.
struct WatchedCommand {
  let status: Int32
  let messages: String
  /// The most memory that it had at once, in bytes.
  let peak: Int

  init(_ arguments: [String], in folder: URL) throws {
    let process = Process()
    process.executableURL = Command.binary
    process.arguments = arguments
    process.currentDirectoryURL = folder
    let messages = folder.appending(path: ".messages-\(UUID().uuidString)")
    try Data().write(to: messages)
    process.standardOutput = FileHandle.nullDevice
    process.standardError = try FileHandle(forWritingTo: messages)
    try process.run()
    var peak = 0
    while process.isRunning {
      peak = max(peak, Self.peak(of: process.processIdentifier) ?? 0)
      Thread.sleep(forTimeInterval: 0.002)
    }
    process.waitUntilExit()
    (status, self.peak) = (process.terminationStatus, peak)
    self.messages = try String(contentsOf: messages, encoding: .utf8)
  }

  /// What Linux calls the high-water mark.
  private static func peak(of process: Int32) -> Int? {
    let text = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
    let line = text?.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return line?.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 << 10 }
  }
}

/// `--memory` of commands, on a network whose single activation takes half of it.
@Suite(
  .enabled(if: FileManager.default.fileExists(atPath: "/proc/self/status"), "needs Linux's /proc"))
struct MemoryTests {
  private static let channels = 64
  private static let side = 512

  private func place() throws -> Workplace {
    let place = try Workplace()
    let kernels = (0..<Self.channels).map { Float($0 % 7) - 3 }
    try ToyNetworks.pooled(
      kernels: kernels, biases: kernels.map { $0 / 10 },
      head: [kernels, kernels.reversed(), kernels.map(abs)],
      height: Self.side, width: Self.side
    ).write(to: place.path("large.pt2"))
    try ToyNetworks.card(height: Self.side, width: Self.side, labels: ["cello", "violin", "viola"])
      .write(to: place.path("large.json"))
    return place
  }

  @Test(arguments: [
    "grad-cam", "lrp", "deeplift", "saliency", "guided-backprop", "integrated-gradients",
    "noise-tunnel",
    "gradient-shap", "mwp", "rise", "lime", "occlusion",
  ]) func `a method keeps within its memory, or says in a sentence that it cannot`(
    _ method: String
  ) throws {
    let settings = [
      "rise": "masks=16", "lime": "samples=16", "integrated-gradients": "steps=4",
      "noise-tunnel": "samples=2", "gradient-shap": "samples=2",
      "occlusion": "window=256,stride=256",
    ]
    let run = try WatchedCommand(
      [
        "explain", "photo.png", "--model", "large.pt2", "--why", "cello", "--rather-than", "violin",
        "--explainer",
        method, "--settings", settings[method] ?? "", "--memory", "128M", "--threads", "1",
      ],
      in: place().folder)
    // 1.15 times the allowance, and 200 MB for libtorch and the command itself.
    #expect(Double(run.peak) <= 1.15 * Double(128 << 20) + 200e6)
    if run.status != 0 {
      #expect(run.status == 65)
      #expect(run.messages.split(separator: "\n").count == 1 && run.messages.contains("--memory"))
    }
  }

  @Test func `a network that needs more than there may be is refused, and not with more`() throws {
    let place = try place()
    let words = [
      "explain", "photo.png", "--model", "large.pt2", "--explainer", "lrp", "--threads", "1",
    ]
    let refused = try WatchedCommand(words + ["--memory", "128M"], in: place.folder)
    #expect(refused.status == 65 && refused.messages.contains("MiB more"))
    #expect(try WatchedCommand(words + ["--memory", "1G"], in: place.folder).status == 0)
  }

  @Test func `a prediction keeps within its memory, or says how to allow more`() throws {
    let place = try place()
    let words = ["predict", "photo.png", "--model", "large.pt2", "--threads", "1"]
    let refused = try WatchedCommand(words + ["--memory", "32M"], in: place.folder)
    #expect(refused.status == 65 && refused.messages.contains("--memory"), "\(refused.messages)")
    #expect(try WatchedCommand(words + ["--memory", "1G"], in: place.folder).status == 0)
  }

  @Test func `help says what a command may take that was told nothing`() throws {
    let place = try Workplace()
    for command in [
      "explain", "compare", "sanity", "evaluate run", "documents collect", "counterfactual",
      "predict", "network inspect", "train classifier", "train vae", "train autoencoder",
      "train gan",
    ] {
      let help = try Command(
        command.split(separator: " ").map(String.init) + ["--help"], in: place.folder
      ).output
      let text = help.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      #expect(
        text.contains("(default: half of the machine's, or of its control group's)"), "\(command)")
    }
  }
}
