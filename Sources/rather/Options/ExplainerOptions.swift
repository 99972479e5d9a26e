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
      "The method's settings; `rather explainers NAME` describes them.", valueName: "key=value,…"))
  var settings = ""

  @Option(
    help: ArgumentHelp(
      "The layer to explain at. (default: the card's layer, or else the last spatial one)",
      valueName: "name"))
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
      "How the channels of an attribution at the input are reduced to one number.", valueName: "how"
    ))
  var reduce: ChannelReduction = .sum

  @OptionGroup var memory: MemoryOption

  /// The budget beside a network, and the file of what was measured before.
  func resources(beside network: Network) -> Resources {
    Resources(memory: memory.bytes, beside: network, tunings: .usual)
  }
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
