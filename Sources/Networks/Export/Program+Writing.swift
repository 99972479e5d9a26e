package import Files
internal import Foundation
internal import Tensors

extension Program {
  /// Writes the program as a `torch.export` archive that `torch.export.load` opens.
  ///
  /// The file appears whole or not at all: it is written beside its place and moved there.
  ///
  /// - Throws: `FileError`.
  public func write(to path: String) throws {
    let files = WholeFiles()
    try write(to: path, among: files)
    try files.commit()
  }

  /// Adds the program's archive to files that appear together.
  ///
  /// - Throws: `FileError`.
  package func write(to path: String, among files: WholeFiles) throws {
    let part = try files.part(of: path)
    do {
      let archive = try ArchiveWriter(path: part)
      try add(to: archive)
      try archive.finish()
      // What is lost in the last flush shows by the directory at the end, which is lost with it.
      _ = try ZipReader(path: part)
    } catch let error where error is TensorError || error is ZipError {
      throw WholeFiles.refusal(ofFilling: part, for: path)
    }
  }

  private func add(to archive: ArchiveWriter) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    func addJSON(_ name: String, _ value: some Encodable) throws {
      try archive.add(name, [UInt8](try encoder.encode(value)))
    }
    let writer = try ExportWriter(self)
    let document = try writer.document()
    let weights = writer.program.weights.map { (key: writer.key($0), weight: $0) }
    let constants = weights.filter { $0.weight.kind == .constant }
    let learnt = weights.filter { $0.weight.kind != .constant }
    let stored = try addTensors(learnt, "data/weights/", "weight_", to: archive)
    try addJSON("data/weights/model_weights_config.json", stored)
    let fixed = try addTensors(constants, "data/constants/", "tensor_", to: archive)
    try addJSON("data/constants/model_constants_config.json", fixed)
    try addJSON("models/model.json", document)
    // Python's loader wants the record to be there; an empty one says that there are no samples.
    try archive.add("data/sample_inputs/model.pt", [])
    try archive.add("archive_format", Array("pt2".utf8))
    try archive.add("archive_version", Array("0".utf8))
  }

  /// Adds tensors, one that has several names once.
  private func addTensors(
    _ list: [(key: String, weight: Weight)], _ folder: String, _ prefix: String,
    to archive: ArchiveWriter
  ) throws -> WeightsConfig {
    var config: [String: WeightsConfig.Entry] = [:]
    var records: [ObjectIdentifier: String] = [:]
    for (key, weight) in list {
      let tensor = weight.tensor
      let record = records[tensor.identity] ?? prefix + String(records.count)
      if records.updateValue(record, forKey: tensor.identity) == nil {
        try archive.add(folder + record, try tensor.bytes())
      }
      let isLearnt = weight.kind == .parameter
      config[key] = WeightsConfig.Entry(
        path_name: record, is_param: isLearnt, use_pickle: false,
        tensor_meta: .contiguous(
          tensor.elementType ?? .float32, tensor.shape.map(ExportSymbol.int),
          requiresGrad: isLearnt))
    }
    return WeightsConfig(config: config)
  }
}
