package import Tensors

/// A prepared program that is asked about many pictures that differ from one in a small region.
///
/// What the layers give for the one picture is kept. Convolutions and operators on single places
/// compute only where a difference can have reached; behind the first operator that looks at all places,
/// or once the difference covers more than half of a layer's maps, whole maps are put together and
/// all is computed. Outputs agree with those of the prepared program to rounding.
///
/// - Complexity: for a difference of w × w pixels, a layer of stride σ whose fields of view are f pixels
///   wide computes about `((w + f) / σ)²` places of each map.
package struct LocalProgram: Sendable {
  private let program: Program
  private let operators: [Int: LocalOperator]
  private let ground: [Int: Tensor]
  private let memoryFormat: Int

  /// Keeps what the layers give for a picture.
  ///
  /// - Parameter picture: `[1, C, H, W]`.
  package init(_ prepared: PreparedProgram, around picture: Tensor) throws(NetworkError) {
    let program = prepared.pure
    self.program = program
    let weights = Dictionary(
      program.weights.map { ($0.slot, $0.tensor) }, uniquingKeysWith: { first, _ in first })
    let picture = try Self.typed(picture, for: program)
    var run = try Run(of: program, input: picture, keeping: [])
    var ground = [program.input: picture]
    var shapes = [program.input: picture.shape]
    var operators: [Int: LocalOperator] = [:]
    for (index, node) in program.nodes.enumerated() {
      let observed = try run.observe()
      guard program.batchLength == nil, program.written.isEmpty, let slot = node.resultSlot,
        let tensor = observed.results.first?.tensor
      else { continue }
      shapes[slot] = tensor.shape
      guard let found = LocalOperator(node, shapes: shapes, weights: weights),
        found.slots.allSatisfy({ ground[$0] != nil })
      else { continue }
      operators[index] = found
      ground[slot] = tensor
    }
    (self.operators, self.ground) = (operators, ground)
    memoryFormat =
      switch prepared.form {
      case .fused, .channelsLast: MemoryFormat.channelsLast
      case .folded, .plain: MemoryFormat.contiguous
      }
  }

  /// How many calls of each operator can be computed in part.
  var localCounts: [String: Int] {
    operators.keys.reduce(into: [:]) { $0[program.nodes[$1].operation.name, default: 0] += 1 }
  }

  /// The network's output for pictures that differ from the one in a region.
  ///
  /// - Parameters:
  ///   - pictures: `[N, C, H, W]`; beyond the region they must equal the one, which is not checked.
  package func output(
    for pictures: Tensor, differingIn region: PixelRegion
  ) throws(NetworkError) -> Tensor {
    let pictures = try Self.typed(pictures, for: program)
    var run = try Run(of: program, input: pictures, keeping: [])
    do {
      let part = LocalPart(
        region: region, values: try pictures.part(region), memoryFormat: memoryFormat)
      var parts = pictures.isMostlyOutside(of: region) ? [program.input: part] : [:]
      for (index, node) in program.nodes.enumerated() {
        let read = Set(node.arguments.flatMap(\.value.slots)).filter { parts[$0] != nil }
        if !read.isEmpty {
          if let slot = node.resultSlot, let result = try local(node, index, parts, run) {
            parts[slot] = result
            run.pass()
            continue
          }
          for slot in read.sorted() {
            guard let part = parts.removeValue(forKey: slot), let own = ground[slot] else {
              continue
            }
            run.put(try part.window(.all(of: own), on: own), in: slot)
          }
        }
        try run.advance(to: index + 1)
      }
      if let part = parts[program.output], let own = ground[program.output] {
        return try part.window(.all(of: own), on: own)
      }
      return try run.tensor(in: program.output)
    } catch let error as NetworkError {
      throw error
    } catch let error as TensorError {
      throw .node("region of a picture", error)
    } catch {
      throw .noTensorOutput
    }
  }

  /// Pictures in the type of numbers that the program takes.
  private static func typed(
    _ pictures: Tensor, for program: Program
  ) throws(NetworkError) -> Tensor {
    do { return try pictures.converted(to: program.inputType) } catch {
      throw .node("input", error)
    }
  }

  /// What a call gives where its inputs' differences have reached; `nil` where it is to be computed
  /// as a whole.
  private func local(
    _ node: Node, _ index: Int, _ parts: [Int: LocalPart], _ run: Run
  ) throws -> LocalPart? {
    guard let found = operators[index], let slot = node.resultSlot, let own = ground[slot],
      // What is neither of a picture nor a part of one cannot be put together with one.
      found.slots.allSatisfy({ parts[$0] != nil })
    else { return nil }
    var node = node
    let region: PixelRegion
    switch found {
    case .pointwise(let inputs):
      let all = inputs.compactMap { parts[$0.slot]?.region }
      region = all.dropFirst().reduce(all[0]) { $0.union($1) }
      for (position, name, slot) in inputs {
        try node.set(position, name, window(region, of: slot, parts))
      }
    case .margin(let slot, let top, let left):
      guard let part = parts[slot] else { return nil }
      return LocalPart(
        region: part.region.moved(top, left), values: part.values, memoryFormat: memoryFormat)
    case .sliding(let sliding):
      guard let part = parts[sliding.slot],
        let reached = sliding.results(reading: part.region, of: own.shape)
      else { return nil }
      region = sliding.added.flatMap { parts[$0.slot] }.map { reached.union($0.region) } ?? reached
      if !own.isMostlyOutside(of: region) { return nil }
      let read = PixelRegion(
        rows: sliding.rows.places(readBy: region.rows),
        columns: sliding.columns.places(readBy: region.columns))
      try node.set(
        0, sliding.inputName, window(read, of: sliding.slot, parts, beyond: sliding.beyond))
      node.set(sliding.paddingPosition, "padding", .constant(.ints([0, 0])))
      if let (position, slot) = sliding.added {
        try node.set(position, "", window(region, of: slot, parts))
      }
    }
    if !own.isMostlyOutside(of: region) { return nil }
    return LocalPart(
      region: region, values: try run.result(of: node), memoryFormat: memoryFormat)
  }

  private func window(
    _ region: PixelRegion, of slot: Int, _ parts: [Int: LocalPart], beyond: Double = 0
  ) throws -> NodeArgument {
    guard let part = parts[slot], let own = ground[slot] else { throw NetworkError.noTensorOutput }
    if part.region == region { return .constant(.tensor(part.values)) }
    return .constant(.tensor(try part.window(region, on: own, beyond: beyond)))
  }
}

extension Tensor {
  /// Whether less than half of the tensor's maps lies in a region.
  fileprivate func isMostlyOutside(of region: PixelRegion) -> Bool {
    2 * region.area < shape[2] * shape[3]
  }
}

extension LocalOperator.Sliding {
  /// The results that read any of a region's places.
  fileprivate func results(reading region: PixelRegion, of shape: [Int]) -> PixelRegion? {
    guard let rows = rows.results(reading: region.rows, of: shape[2]),
      let columns = columns.results(reading: region.columns, of: shape[3])
    else { return nil }
    return PixelRegion(rows: rows, columns: columns)
  }
}
