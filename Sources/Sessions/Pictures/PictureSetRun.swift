internal import Files
internal import Foundation
internal import Imagery
internal import Networks
internal import Report
internal import Tensors
internal import Terms

/// A request about several pictures: a folder each, and a page over all.
///
/// Each thread reads a picture, explains it on one thread of operators and writes its report, so that one reads
/// and writes while another computes. What an earlier run of the same request has done is not done again.
struct PictureSetRun<Asked: PictureRequest> {
  let request: Asked
  let session: Session
  let telling: Telling
  let selection: PictureSelection
  private let folder: String
  private let names: [String]

  init(
    _ request: Asked, of selection: PictureSelection, in session: Session, _ telling: Telling
  ) throws {
    (self.request, self.session, self.telling) = (request, session, telling)
    folder = request.place.path(
      about: PictureSelection.title(of: request.pictures), suffix: request.suffix,
      for: telling.outputs)
    self.selection = try selection.leavingOut(below: folder)
    names = ReportNames.names(for: self.selection.paths)
  }

  /// Explains all pictures that have no report yet.
  func run() throws -> WrittenSet {
    selection.notes.forEach(telling.note)
    let sha256 = try SHA256.hex(ofFile: request.network.model)
    let mark = try PictureSetMark(request, networkSHA256: sha256)
    let resumes = try claim(mark)
    let network = try request.network.load(in: session)
    let device = try request.network.chosenDevice()
    let workers = device == .cpu ? LibTorch.threadCount : 2
    let work = try LibTorch.withThreadCount(device == .cpu ? 1 : nil) {
      try request.work(by: network, in: session.sharing(memoryBy: workers))
    }
    try begin(mark)
    var rows = resumes ? selection.paths.indices.map(doneRow) : selection.paths.map { _ in nil }
    let missing = rows.indices.filter { rows[$0] == nil }
    let before = rows.count - missing.count
    if before > 0 {
      telling.note("resuming after \(before) of \(Counted.text(rows.count, "picture"))")
    }
    let progress = telling.stage("pictures", before: before)
    let provenance = try request.provenance(of: network, in: session)
    var (done, failed) = (before, 0)
    try OrderedThreads.run(0..<missing.count, threads: workers, onOneOperatorThreadOf: device) {
      [self] job in
      try report(on: missing[job], by: work, provenance)
    } wait: {
      try telling.check()
    } consume: { (found: Found) in
      if let fault = found.fault {
        failed += 1
        // Where nothing has gone well yet, what is wrong is wrong with all.
        if failed > done - before, Self.isOfAll(fault) { throw fault }
        telling.failed(fault)
      } else {
        tell(found.row)
      }
      rows[found.place] = found.row
      done += 1
      try progress(ProgressUpdate(completed: done, total: rows.count))
    }
    let manifest = try PictureSetReport(
      title: title, rows: rows.compactMap(\.self), provenance: provenance
    ).write(to: folder, page: request.place.pages)
    return WrittenSet(
      folder: folder, manifest: manifest, hasPage: request.place.pages, failed: failed)
  }

  private var title: String {
    let name = URL(filePath: PictureSelection.title(of: request.pictures)).lastPathComponent
    return "\(Asked.title): \(name)"
  }

  /// Takes the folder, and says whether it holds what can be gone on with.
  private func claim(_ mark: PictureSetMark) throws -> Bool {
    if !request.place.force {
      switch mark.standing(of: folder) {
      case .same:
        try telling.outputs.take(folder)
        return true
      case .other:
        throw RequestFault.unfit(
          "the folder \(folder) holds reports of another request, network or version; name another "
            + "with --output, or write over it with --force")
      case .none: break
      }
    }
    try Claim.outputs(
      folders: [folder], existing: request.place.existing,
      reading: selection.paths + selection.lists + request.network.inputs + request.otherInputs
        + Claim.files(namedIn: request.settingTexts), for: telling.outputs)
    return false
  }

  private func begin(_ mark: PictureSetMark) throws {
    let places =
      [folder] + (request.place.pages ? ["\(folder)/\(PictureSetReport.thumbnails)"] : [])
    for place in places {
      do {
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
      } catch { throw FileError.refusal(of: place, error) }
    }
    try mark.write(to: folder)
  }

  /// What an earlier run found of a picture that is still the same; `nil` where there is work to do.
  private func doneRow(_ place: Int) -> PictureSetManifest.Row? {
    let path = selection.paths[place]
    guard let done = DoneReport(in: "\(folder)/\(names[place])"),
      (try? SHA256.hex(ofFile: path)) == done.input.sha256
    else { return nil }
    return .init(
      name: path, folder: names[place], sha256: done.input.sha256,
      prediction: done.prediction, value: done.value)
  }

  /// What came of one picture.
  private struct Found: Sendable {
    let place: Int
    let row: PictureSetManifest.Row
    var fault: (any Fault)?
  }

  /// Makes the report of a picture, on a thread of several.
  private func report(
    on place: Int, by work: PictureWork<Asked.Found>, _ provenance: Provenance
  ) throws -> Found {
    try telling.check()
    let (path, name) = (selection.paths[place], names[place])
    let target = PictureWork<Asked.Found>.Target(
      folder: "\(folder)/\(name)", existing: .overwrite, provenance: provenance,
      contents: request.place.contents)
    do {
      let picture = try PictureFile(contentsOf: path)
      if request.place.pages {
        try picture.picture.thumbnail().write(
          to: "\(folder)/\(PictureSetReport.thumbnails)/\(name).jpg")
      }
      let manifest = try work.report(picture, target, telling.quiet)
      return Found(
        place: place,
        row: .init(
          name: path, folder: name, sha256: picture.file.sha256,
          prediction: Array(manifest.prediction.prefix(5)), value: manifest.value))
    } catch {
      let fault = error as? any Fault ?? ForeignFault(error)
      if fault is JobCancelled || fault.kind == .io { throw fault }
      return Found(
        place: place,
        row: .init(name: path, folder: nil, sha256: nil, failure: "\(fault)"), fault: fault)
    }
  }

  /// Whether it may be wrong with all pictures, and not with one.
  private static func isOfAll(_ fault: any Fault) -> Bool {
    if case InquiryError.factIsAnswer = fault { return false }
    return !(fault is PictureError)
  }

  private func tell(_ row: PictureSetManifest.Row) {
    let answer = row.prediction.first.map {
      "\($0.label) \(Percentage.text($0.probability).drop { $0 == " " })"
    }
    telling.finished(
      JobItem(
        name: row.name, place: "\(folder)/\(row.folder ?? "")",
        summary: VisibleText.of(answer ?? row.value.map { "value \($0)" } ?? "")))
  }
}

extension Picture {
  /// The picture, no larger than a list of pictures shows it, as JPEG.
  fileprivate func thumbnail() throws -> Data {
    let (longest, side) = (max(width, height), 256)
    let small =
      longest <= side
      ? self
      : try resized(
        width: max(1, width * side / longest), height: max(1, height * side / longest))
    return Data(try small.jpeg(quality: 85))
  }
}

extension Data {
  /// Writes a file of ours; what the system refuses is a fault of writing.
  fileprivate func write(to path: String) throws {
    do { try write(to: URL(filePath: path)) } catch {
      throw FileError.refusal(of: path, error).whileWriting
    }
  }
}
