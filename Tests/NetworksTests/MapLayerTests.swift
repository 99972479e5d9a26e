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
    #expect(found >= 19 && refused >= 1, "\(found) and \(refused)")
  }

  @Test func `a layer says where its rows of channels are`() throws {
    func layout(_ network: String, _ name: String) throws -> LayerLayout? {
      try Zoo.member(network).program.layer(named: name).layout
    }
    #expect(try layout("TalkingHeads", "norm") == .rows(grid: [4, 4], others: 1))
    #expect(try layout("SpelledTransformer", "softmax") == nil)
    #expect(try layout("ChannelsLast", "norms.2") == .channelsLast)
    #expect(try layout("Registers", "norm") == .rows(grid: [4, 4], others: 3))
    #expect(try layout("UnrolledTokens", "blocks.1") == .windows(grid: [4, 4]))
    #expect(try layout("UnrolledTokens", "norm") == .rows(grid: [2, 2], others: 0))
    var seen: Set<LayerLayout> = []
    for name in try Zoo.names() {
      for layer in try Zoo.member(name).program.moduleLayers {
        #expect(
          !layer.isSpatial || layer.layout != nil && layer.layout != .row, "\(name) \(layer.name)")
        #expect(layer.grid.isEmpty == !layer.isSpatial, "\(name) \(layer.name)")
        if let layout = layer.layout { seen.insert(layout) }
      }
    }
    #expect(seen.isSuperset(of: [.maps, .channelsLast, .row]), "\(seen)")
  }

  @Test func `values that were only moved are the same stacks of maps`() throws {
    var orders: Set<LayerLayout> = []
    for name in try Zoo.names() {
      let member = try Zoo.member(name)
      let finder = MapFinder(in: member.program)
      var run = try Run(
        of: member.program, inputs: member.program.values(member.input),
        keeping: Set(member.program.slots.indices))
      try run.advance(to: member.program.nodes.count)
      for layer in member.program.nodeLayers where layer.isSpatial {
        guard let own = finder.arrangement(of: layer.slot), !own.isOfMaps else { continue }
        for source in finder.sources(of: layer.slot).dropFirst() {
          guard let first = finder.arrangement(of: source), first.isOfMaps else { continue }
          let (moved, maps) = try (
            layer.stacked(run.tensor(in: layer.slot)), run.tensor(in: source)
          )
          // A pool or a part of the channels is another stack.
          guard moved.shape == maps.shape else { continue }
          #expect(try moved.floats() == maps.floats(), "\(name) \(layer.name)")
          if let layout = layer.layout { orders.insert(layout) }
        }
      }
    }
    #expect(
      orders.isSuperset(of: [
        .channelsLast, .rows(grid: [4, 4], others: 0), .windows(grid: [4, 4]),
      ]),
      "\(orders)")
  }

  @Test func `the places along an axis of tokens are known where they lie row by row`() throws {
    func places(_ network: String, _ layer: String) throws -> (entries: Range<Int>, grid: [Int])? {
      let program = try Zoo.member(network).program
      return try MapFinder(in: program).places(along: 1, of: program.layer(named: layer).slot)
    }
    for (network, entries) in [("FusedTransformer", 1..<17), ("Registers", 1..<17)] {
      let found = try #require(try places(network, "blocks.0"))
      #expect(found.entries == entries && found.grid == [4, 4], "\(network) \(found)")
    }
    // In windows, behind a shuffle, and along channels.
    #expect(try places("UnrolledTokens", "blocks.0") == nil)
    #expect(try places("ShuffledTokens", "blocks.0") == nil)
    #expect(try places("FusedTransformer", "embed") == nil)
    // What windows are pooled to is in order again.
    #expect(try places("UnrolledTokens", "norm")?.grid == [2, 2])
  }

  @Test func `what only looks like maps is told by its reason`() throws {
    try expect("SpelledTransformer", "softmax", .attention([nil, 4, 17, 17]))
    try expect("FusedTransformer", "transpose_1", .attention([nil, 17, 4, 4]))
    try expect("FusedTransformer", "blocks.0.qkv", .attention([nil, 17, 48]))
    try expect("FusedTransformer", "blocks.2", .unread([nil, 17, 16]))
    try expect("FusedTransformer", "norm", .unread([nil, 17, 16]))
    try expect("FusedTransformer", "blocks.1", nil)
    try expect("TalkingHeads", "blocks.0.mix", .attention([nil, 4, 17, 17]))
    try expect("ShuffledTokens", "blocks.1", .unknown([nil, 16, 16]))
    try expect("RolledTokens", "late", .unknown([nil, 4, 4, 16]))
    try expect("Registers", "norm", nil)
    try expect("ChannelsLast", "norms.2", nil)
    try expect("ChannelsLast", "blocks.1", .windows([nil, 16, 8]))
    try expect("NormAfterPool", "norm", .shape([nil, 6, 1, 1]))
    try expect("NormAfterPool", "stages.2.wide", nil)
    try expect("ConvolvedWindows", "window", .windows([nil, 4, 8, 8]))
    try expect("Rows", "again", .ratio([1, 18], input: [nil, 3, 16, 24]))
    try expect("Convolutions", "body.4", .ratio([8, 16], input: [nil, 3, 8, 8]))
    try expect("ResizedPositions", "upsample_bilinear2d", .constant)
    try expect("LaterMapAside", "conv2d_1", .aside)
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
