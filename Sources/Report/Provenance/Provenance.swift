internal import Foundation
public import Tensors
public import Terms

/// Where a result comes from: what it was made of and how, so that it can be made again.
///
/// Every page and every manifest says it. It names no person and no machine, and by default no folder.
public struct Provenance: Hashable, Sendable {
  /// What computed.
  public struct Machine: Codable, Hashable, Sendable {
    /// How many processors it has.
    public let processors: Int
    /// Where tensors lay: `cpu`, or `cuda` and a number.
    public let device: String

    /// Describes the machine at hand.
    public init(device: Device = .cpu) {
      processors = ProcessInfo.processInfo.activeProcessorCount
      self.device = device.description
    }
  }

  /// The command as typed; empty where a program called the library.
  public var command: String
  /// The network's file; `nil` where there is none, or several.
  public var network: Manifest.File?
  /// The generator's files, decoder first; empty where there is none.
  public var generator: [Manifest.File]
  /// The picture's file; `nil` where there is none, or several.
  public var input: Manifest.File?
  /// The settings of the work as a whole, by name; those of single maps stand beside them.
  public var settings: [String: SettingValue]
  /// What randomness followed from.
  public var seed: UInt64
  /// Rather's version.
  public var version: String
  /// What computed.
  public var machine: Machine
  /// When, in ISO 8601.
  public var created: String
  /// How files are named.
  public var paths: ShownPaths

  /// Says where a result comes from; the time is now, or what `SOURCE_DATE_EPOCH` says it is, so that
  /// reports can be reproduced.
  public init(
    command: String = "", network: Manifest.File? = nil, generator: [Manifest.File] = [],
    input: Manifest.File? = nil, settings: [String: SettingValue] = [:], seed: UInt64,
    version: String = Release.version, machine: Machine = Machine(), paths: ShownPaths = .names
  ) {
    self.command = command
    self.network = network
    self.generator = generator
    self.input = input
    self.settings = settings
    self.seed = seed
    self.version = version
    self.machine = machine
    self.paths = paths
    let fixed = ProcessInfo.processInfo.environment["SOURCE_DATE_EPOCH"].flatMap(TimeInterval.init)
    created = Date(timeIntervalSince1970: fixed ?? Date().timeIntervalSince1970)
      .formatted(.iso8601)
  }

  /// The same with files named as they are shown.
  var shown: Provenance {
    var shown = self
    shown.command = paths.command(command)
    shown.network = network.map(paths.file)
    shown.generator = generator.map(paths.file)
    shown.input = input.map(paths.file)
    shown.settings = settings.mapValues(paths.value)
    return shown
  }

  /// The network's name, as sentences call it.
  var networkName: String { network.map { ShownPaths.names.path($0.path) } ?? "" }

  /// The picture's name, as sentences call it.
  var inputName: String { input.map { ShownPaths.names.path($0.path) } ?? "" }

  /// The rows of a page's table of facts.
  ///
  /// - Parameter others: Rows behind the files.
  func facts(_ others: [(String, String)] = []) -> [(String, String)] {
    let shown = shown
    let files =
      (shown.network.map { [("network", $0)] } ?? [])
      + shown.generator.map { ("generator", $0) } + (shown.input.map { [("picture", $0)] } ?? [])
    return [("command", shown.command)]
      + files.flatMap { [($0, $1.path), ("SHA-256", $1.sha256)] }
      + (shown.network?.overridden ?? [:]).sorted { $0.key < $1.key }.map {
        ("in place of the card", "\($0.key): \($0.value)")
      } + others
      + shown.settings.sorted { $0.key < $1.key }.map { ($0.key, $0.value.description) }
      + [("seed", String(seed)), ("Rather", version)]
  }
}
