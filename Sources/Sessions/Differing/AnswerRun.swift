internal import Foundation
internal import Imagery
internal import Networks
internal import Report
internal import Tensors
internal import Terms

/// What two networks answered about one picture.
struct AnswerRow: Hashable, Sendable {
  let path: String
  let picture: DifferenceManifest.Picture

  /// Whether they answered differently.
  var isChanged: Bool { picture.old.label != picture.new.label }
}

/// Asks both networks about pictures, one after the other; each picture is read once.
struct AnswerRun: Sendable {
  let pair: NetworkPair
  let selection: PictureSelection
  let telling: Telling

  /// A row for each picture that could be asked about, in order, and what was wrong with the others.
  ///
  /// - Throws: ``DiffFault/nothingRead(_:)``.
  func rows() throws -> (rows: [AnswerRow], failures: [DifferenceManifest.Failure]) {
    let paths = selection.paths
    let progress = telling.stage("pictures")
    let workers = pair.device == .cpu ? LibTorch.threadCount : 2
    var rows: [AnswerRow] = []
    var failures: [DifferenceManifest.Failure] = []
    try OrderedThreads.run(0..<paths.count, threads: workers, onOneOperatorThreadOf: pair.device) {
      [self] job in
      try telling.check()
      return try answer(about: paths[job])
    } wait: {
      try telling.check()
    } consume: { (found: Found) in
      switch found {
      case .row(let row): rows.append(row)
      case .fault(let fault):
        // Where nothing has gone well yet, what is wrong with a network is wrong with all pictures.
        if rows.isEmpty, !(fault is PictureError) { throw fault }
        telling.failed(fault)
        failures.append(.init(name: paths[rows.count + failures.count], failure: "\(fault)"))
      }
      try progress(.init(completed: rows.count + failures.count, total: paths.count))
    }
    if rows.isEmpty { throw DiffFault.nothingRead(paths.count) }
    return (rows, failures)
  }

  /// What came of a picture.
  private enum Found: Sendable {
    case row(AnswerRow)
    case fault(any Fault)
  }

  private func answer(about path: String) throws -> Found {
    do {
      let file = try PictureFile(contentsOf: path)
      let folder = URL(filePath: path).deletingLastPathComponent().lastPathComponent
      return .row(
        AnswerRow(
          path: path,
          picture: try pair.row(
            name: path, sha256: file.file.sha256, old: prediction(of: file, by: pair.old),
            new: prediction(of: file, by: pair.new), truth: pair.truth(ofFolder: folder))))
    } catch {
      let fault = error as? any Fault ?? ForeignFault(error)
      if fault is JobCancelled || fault.kind == .io { throw fault }
      return .fault(fault)
    }
  }

  private func prediction(of file: PictureFile, by network: Network) throws -> Prediction {
    try network.prediction(for: network.input(from: file.picture, on: pair.device))
  }
}

extension NetworkPair {
  /// What two answers come to.
  func row(
    name: String, sha256: String, old: Prediction, new: Prediction, truth: String?
  ) -> DifferenceManifest.Picture {
    func answer(_ prediction: Prediction) -> DifferenceManifest.Answer {
      let first = prediction.classes.first
      return .init(label: first?.label ?? "", probability: first?.probability ?? 0)
    }
    let (q, p) = (answer(old), answer(new))
    return .init(
      name: name, sha256: sha256, old: q, new: p,
      shift: q.label == p.label ? nil : shift(from: q.label, to: p.label, old, new), truth: truth)
  }

  /// `log p_P/p_Q` of the new network less that of the old one; `nil` where it is no number, or a network does not know
  /// both.
  private func shift(
    from q: String, to p: String, _ old: Prediction, _ new: Prediction
  ) -> Float? {
    func odds(_ prediction: Prediction, _ place: (String) -> Int?) -> Float? {
      let logits = [p, q].compactMap { name in
        place(name).flatMap { index in prediction.classes.first { $0.index == index }?.logit }
      }
      return logits.count == 2 ? logits[0] - logits[1] : nil
    }
    guard let after = odds(new, inNew), let before = odds(old, inOld) else { return nil }
    let shift = after - before
    return shift.isFinite ? shift : nil
  }
}
