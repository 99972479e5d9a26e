public import ArgumentParser
import Contrast
import Foundation
import Networks
import Report
public import Saliency
import Tensors
import Terms

extension ChannelReduction: ExpressibleByArgument {}

/// Which method explains, and what it may use.
struct ExplainerOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The method; `rather explainers` lists them.", valueName: "name"))
  var explainer = "grad-cam"

  @Option(
    help: ArgumentHelp(
      "The method's settings; `rather explainers NAME` tells them.", valueName: "key=value,…"))
  var settings = ""

  @Option(
    help: ArgumentHelp(
      "The layer to explain at; the card's, or else the last spatial one.", valueName: "name"))
  var layer: String?

  /// The method, made for a network.
  func chosen(
    for network: Network, on device: Device, _ work: WorkOptions, seed: UInt64
  ) throws -> ChosenExplainer {
    try ChosenExplainer(
      named: explainer, settings: settings, layer: layer, reduction: work.reduce, for: network,
      on: device, seed: Seed(seed))
  }
}

/// What the work may use, and how its attributions are reduced.
struct WorkOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How the channels of an attribution at the input become one number.", valueName: "how"))
  var reduce: ChannelReduction = .sum

  @Option(
    help: ArgumentHelp(
      "Memory for samples and activations, such as 500M or 2G.", valueName: "size"))
  var memory: MemorySize = MemorySize(bytes: 1 << 30)

  /// The budget, and the file of what was measured before.
  var resources: Resources { Resources(memory: memory.bytes, tunings: .usual) }
}

extension Device {
  /// The device that was asked for, if it is there; the processor where none was.
  static func chosen(_ name: String?) throws -> Device {
    guard let name else { return .cpu }
    guard let known = Device(name) else {
      throw ValidationError("--device must be cpu, cuda or cuda:1, not “\(name)”")
    }
    guard available.contains(known) else {
      let list = available.map(\.description).joined(separator: ", ")
      throw ValidationError("there is no device \(known) here; there is \(list)")
    }
    return known
  }
}

/// A number of bytes as people write it.
struct MemorySize: ExpressibleByArgument {
  let bytes: Int

  init(bytes: Int) { self.bytes = bytes }

  init?(argument: String) {
    let text = argument.uppercased()
    let digits = text.prefix { $0.isNumber || $0 == "." }
    let unit = String(text.dropFirst(digits.count))
    let shifts = ["": 0, "K": 10, "M": 20, "G": 30]
    let name = unit.replacing("IB", with: "").replacing("B", with: "")
    guard let number = Double(String(digits)), let shift = shifts[name] else { return nil }
    let size = number * Double(1 << shift)
    guard size >= Double(1 << 20), size < 1e15 else { return nil }
    bytes = Int(size)
  }

  var defaultValueDescription: String { "1G" }
}
