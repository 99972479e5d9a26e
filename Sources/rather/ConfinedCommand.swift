import ArgumentParser
import Documents
import Files
import Foundation
import Networks
import Report

/// A command that reads networks, and gives up beforehand what no network needs.
protocol ConfinedCommand: ParsableCommand {
  /// Makes what it writes to, empty; none where it only prints.
  func prepared() -> Confinement.Places
}

extension ConfinedCommand {
  /// Confines the process to writing where the command was told to, into the cache of measured
  /// choices, and into the folder for temporary files.
  ///
  /// It has to be called before the process has a second thread.
  func confine() {
    var places = prepared()
    let cache = (Tunings.default.path as NSString).deletingLastPathComponent
    try? FileManager.default.createDirectory(atPath: cache, withIntermediateDirectories: true)
    places.writable.append(cache)
    if case .refused(let number) = Confinement.begin(writingTo: places) {
      Console.message(
        "Rather could not confine itself (\(String(cString: strerror(number)))); what networks may "
          + "call is checked all the same")
    }
  }
}

extension Explain: ConfinedCommand {
  func prepared() -> Confinement.Places { report.place.prepared(about: pictures, suffix: "why") }
}

extension Compare: ConfinedCommand {
  func prepared() -> Confinement.Places { report.place.prepared(about: pictures, suffix: "why") }
}

extension Sanity: ConfinedCommand {
  func prepared() -> Confinement.Places { report.prepared(about: pictures, suffix: suffix) }
}

extension Diff: ConfinedCommand {
  func prepared() -> Confinement.Places { report.place.prepared(about: [new], suffix: suffix) }
}

extension Counterfactual: ConfinedCommand {
  func prepared() -> Confinement.Places { place.prepared(about: [picture], suffix: suffix) }
}

extension CollectDocuments: ConfinedCommand {
  func prepared() -> Confinement.Places { DocumentRun.prepare(output.output) }
}

extension EvaluateRun: ConfinedCommand {
  func prepared() -> Confinement.Places {
    guard let holder = PreparedPlace.makeFolder(output, isDeep: false) else { return .init() }
    return .init(writable: [output], clearable: [holder])
  }
}

extension Serve: ConfinedCommand {
  func prepared() -> Confinement.Places {
    // What people ask and bring is nobody else's on this machine.
    umask(0o077)
    var places = Confinement.Places()
    places.listens = true
    if let data, PreparedPlace.makeFolder(data, isDeep: false) != nil { places.writable = [data] }
    return places
  }
}

extension Predict: ConfinedCommand {
  func prepared() -> Confinement.Places { .init() }
}

extension Inspect: ConfinedCommand {
  func prepared() -> Confinement.Places { .init() }
}
