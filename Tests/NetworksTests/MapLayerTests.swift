import Foundation
import Tensors
import TestSupport
import Testing

@testable import Networks

/// Which layers are stacks of maps over the picture: known answers on networks that hold maps,
/// tokens, heads, windows and channels at the end.
@Suite(.enabled(if: Zoo.isAvailable, Zoo.reason))
struct MapLayerTests {
  @Test func `the last stack of maps on the way is the default, and else there is none`() throws {
    var (found, refused) = (0, 0)
    for name in try Zoo.names() {
      let member = try Zoo.member(name)
      let file = member.folder.appending(path: "default.txt")
      guard let expected = try? String(contentsOf: file, encoding: .utf8) else { continue }
      let layer = Result { () throws(NetworkError) in try member.program.lastSpatialLayer().name }
      if expected.isEmpty {
        #expect(layer == .failure(.noSpatialLayer), "\(name)")
        refused += 1
      } else {
        #expect(layer == .success(expected), "\(name)")
        found += 1
      }
    }
    #expect(found >= 10 && refused >= 6, "\(found) and \(refused)")
  }

  @Test func `a layer says where its rows of channels are`() throws {
    func layout(_ network: String, _ name: String) throws -> LayerLayout? {
      try Zoo.member(network).program.layer(named: name).layout
    }
    #expect(try layout("TalkingHeads", "norm") == .rows(grid: [4, 4], others: 1))
    #expect(try layout("SpelledTransformer", "softmax") == nil)
    #expect(try layout("ChannelsLast", "norms.2") == .channelsLast)
    var seen: Set<LayerLayout> = []
    for name in try Zoo.names() {
      for layer in try Zoo.member(name).program.moduleLayers {
        #expect((layer.layout == .maps) == layer.isSpatial, "\(name) \(layer.name)")
        if let layout = layer.layout { seen.insert(layout) }
      }
    }
    #expect(seen.isSuperset(of: [.maps, .channelsLast, .row]), "\(seen)")
  }

  @Test func `what only looks like maps is told by its reason`() throws {
    try expect("SpelledTransformer", "softmax", .attention([nil, 4, 17, 17]))
    try expect("FusedTransformer", "transpose_1", .attention([nil, 17, 4, 4]))
    try expect("TalkingHeads", "blocks.0.mix", .attention([nil, 4, 17, 17]))
    try expect("TalkingHeads", "norm", .shape([nil, 17, 16]))
    try expect("ChannelsLast", "norms.2", .channelsLast([nil, 8, 8, 8]))
    try expect("NormAfterPool", "norm", .shape([nil, 6, 1, 1]))
    try expect("NormAfterPool", "stages.2.wide", .channelsLast([nil, 4, 4, 12]))
    try expect("ConvolvedWindows", "window", .windows([nil, 4, 8, 8]))
    try expect("Rows", "again", .ratio([nil, 4, 1, 18], input: [nil, 3, 16, 24]))
    try expect("Convolutions", "body.4", .ratio([nil, 6, 8, 16], input: [nil, 3, 8, 8]))
    try expect("ResizedPositions", "upsample_bilinear2d", .constant)
    try expect("PooledByAttention", "maps.2", nil)
    try expect("FusedTransformer", "embed", nil)
  }

  @Test func `every layer of a convolutional network before its pool is a stack of maps`() throws {
    for name in ["Convolutions", "Norms", "Activations", "Gate"] {
      // Convolutions ends with steps of two along rows alone.
      for layer in try Zoo.member(name).program.moduleLayers
      where layer.shape.count == 4 && !["body", "body.4"].contains(layer.name) {
        let hasPlaces = layer.shape[2] != 1 || layer.shape[3] != 1
        #expect(layer.isSpatial == hasPlaces, "\(name) \(layer.name) \(layer.shape)")
      }
    }
  }

  @Test func `the map of a default layer does not depend on the batch being one`() throws {
    for name in ["ConvolvedWindows", "ChannelsLast", "SpelledTransformer"] {
      let member = try Zoo.member(name)
      let fixed = try member.program.lowered { document in
        let values = document.graph_module.graph.tensor_values
        document.graph_module.graph.tensor_values = values.mapValues { meta in
          var meta = meta
          meta.sizes = meta.sizes.map { .int($0.hint) }
          return meta
        }
      }
      #expect(
        (try? fixed.lastSpatialLayer())?.name == (try? member.program.lastSpatialLayer())?.name,
        "\(name)")
      #expect(fixed.inputShape[0] == 2)
    }
  }

  private func expect(
    _ name: String, _ layer: String, _ fault: MapFault?,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let found = try Zoo.member(name).program.layer(named: layer)
    #expect(found.mapFault == fault, "\(name)", sourceLocation: sourceLocation)
    if let fault {
      #expect(
        throws: NetworkError.notSpatial(layer, fault), "\(name)", sourceLocation: sourceLocation
      ) { try found.checkMaps() }
    }
  }
}
