internal import Foundation
internal import Imagery
internal import Networks
internal import Tensors
internal import Terms

/// What became of a picture.
enum DocumentAnswer: Sendable {
  /// Its classes, likeliest first.
  case document([Int])
  /// It could not be read.
  case failed(PictureError)

  /// Its classes, likeliest first; `nil` where it could not be read.
  var classes: [Int]? {
    if case .document(let classes) = self { classes } else { nil }
  }
}

/// Makes the documents of pictures, a pass at a time; may be used from several threads at once.
///
/// A pass always takes the same number of pictures, each in its own place: blanks stand in for those
/// that could not be read, and fill up the last pass. So the numbers of a picture are the same bit
/// for bit, whatever is left out and wherever the work begins.
struct DocumentMaker: Sendable {
  let network: Network
  let settings: DocumentSettings
  let device: Device
  let prepared: PreparedProgram
  /// How many passes may compute at once.
  let passCount: Int

  private let blank: Tensor
  /// Others read pictures meanwhile.
  private let passes: DispatchSemaphore

  /// Makes a network ready.
  ///
  /// - Parameters:
  ///   - workers: How many threads there are.
  ///   - memory: Bytes for what passes compute.
  init(
    _ network: Network, _ settings: DocumentSettings, batch: Int, device: Device, workers: Int,
    memory: Int
  ) throws {
    self.network = network
    self.settings = settings
    self.device = device
    let sample = try network.card.input.input(fromCut: network.card.input.noisePicture())
    prepared = try network.program.prepared(
      for: sample.on(device),
      PreparationRequest(pictures: batch, memory: memory, largestBatch: batch, batch: batch))
    blank = try sample * 0
    let fitting = memory / max(1, batch * (prepared.bytesPerPicture + 4 * sample.count))
    passCount = device == .cpu ? max(1, min(workers, fitting)) : 1
    passes = DispatchSemaphore(value: passCount)
  }

  /// The documents of at most a pass of pictures.
  ///
  /// - Throws: ``DocumentsError/answer(_:_:)``, ``NetworkError``, `TensorError`.
  func answers(for paths: [String]) throws -> [DocumentAnswer] {
    let read = try paths.map { path in try input(for: path) }
    let inputs = read.map { (try? $0.get()) ?? blank }
    if !read.contains(where: { (try? $0.get()) != nil }) {
      return read.compactMap { result in
        if case .failure(let error) = result { .failed(error) } else { nil }
      }
    }
    let output = try rows(of: inputs)
    return try read.indices.map { i in
      if case .failure(let error) = read[i] { return .failed(error) }
      do {
        let prediction = try network.prediction(from: output.select(axis: 0, index: i))
        return .document(
          prediction.likeliest(mass: settings.mass, limit: settings.atMost ?? .max).map(\.index))
      } catch let error as NetworkError {
        throw DocumentsError.answer(paths[i], error)
      }
    }
  }

  /// The input that a picture becomes, or why it does not.
  private func input(for path: String) throws -> Result<Tensor, PictureError> {
    do {
      return .success(try network.card.input.input(from: Picture(contentsOf: path)))
    } catch let error as PictureError {
      return .failure(error)
    }
  }

  /// The network's output, a row for each place of a pass.
  private func rows(of inputs: [Tensor]) throws -> Tensor {
    let places = inputs + Array(repeating: blank, count: prepared.batch - inputs.count)
    let batch = try Tensor.concatenated(places)
    passes.wait()
    defer { passes.signal() }
    let output = try prepared.output(for: batch.on(device)).on(.cpu)
    return try output.reshaped([prepared.batch, -1])
  }
}
