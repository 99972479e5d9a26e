internal import Contrast
public import Networks
internal import Tensors

/// The maps of a picture while a method still draws samples: what a report would say if it stopped now.
public struct PartialMaps: Sendable {
  /// The manifest, which does not say where it comes from.
  public let manifest: Manifest
  /// What `maps.npz` would hold: arrays as NumPy writes them, by their keys.
  public let arrays: [String: [UInt8]]

  /// Puts down the maps that a picture has so far.
  public init(of explained: ExplainedPicture, by network: Network) throws {
    let provenance = Provenance(seed: 0)
    let report = Report(
      title: "", network: network, pictures: [explained], drawing: Drawing(), provenance: provenance
    )
    let drawer = MapDrawer(network: network, drawing: report.drawing, contents: .numbers)
    let maps = try drawer.drawn(explained).flatMap(\.self)
    manifest = try report.manifest(of: maps, ManifestHeader(.explanation, provenance, files: []))
    arrays = try MapArchive(of: maps).arrays
  }
}
