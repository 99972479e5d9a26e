internal import Report
internal import Saliency
internal import Sessions

/// A request whose answer is a folder with a manifest, which is kept for all who ask the same.
protocol KeptRequest: Request {
  /// Files that it reads: where one is written anew, the question is another one.
  var filesRead: [String] { get }
  /// The picture that it is about, if it is about one.
  var pictureRead: String? { get }
  /// Where it writes.
  var place: PlaceChoice { get set }
  /// Whether it may take so long that others do not wait for it.
  var isLong: Bool { get }

  /// The command that asks the same, as one could type it.
  ///
  /// - Parameter name: What the picture is called, where it lies only with the server.
  func commandText(about name: String?) -> String
}

extension Explain: KeptRequest {
  var pictureRead: String? { pictures.first }
  var filesRead: [String] { pictures + network.inputs + [whole.tree].compactMap(\.self) }
  var isLong: Bool {
    let stages = [whole.clusterStage.explainer, whole.classStage.explainer].compactMap(\.self)
    return check != nil || ([method.explainer] + stages).contains(where: ExplainerMenu.asksOften)
  }
}

extension Compare: KeptRequest {
  var pictureRead: String? { pictures.first }
  var filesRead: [String] { pictures + network.inputs }
  var isLong: Bool { check != nil || methods.explainers.contains(where: ExplainerMenu.asksOften) }
}

extension Counterfactual: KeptRequest {
  var pictureRead: String? { picture }
  var filesRead: [String] { [picture] + network.inputs + Claim.files(ofGenerator: generator) }
  var isLong: Bool { true }
}

extension ExplainerMenu {
  /// Whether an explainer asks the network about tens of pictures or more, and not about one; `all` holds some that do.
  fileprivate static func asksOften(_ name: String) -> Bool {
    (try? entry(named: name))?.asksOften ?? true
  }
}

/// The work on an answer, whatever it is an answer to.
struct KeptWork: Sendable {
  /// Asks it to end.
  let cancel: @Sendable () -> Void
  /// Says whether somebody wants what has been found so far.
  let wantPartials: @Sendable (Bool) -> Void
  /// Tells of what it says, and throws what ended it.
  let wait: @Sendable (_ tell: @Sendable (JobEvent) async -> Void) async throws -> Void
}

extension KeptRequest {
  /// Begins to answer.
  func begun(in session: Session) -> KeptWork {
    let job = session.run(self)
    return KeptWork(cancel: { job.cancel() }, wantPartials: { job.wantPartials($0) }) { tell in
      for await event in job { await tell(event) }
      _ = try await job.answer
    }
  }
}
