internal import Files
internal import Foundation
internal import Networks
package import Terms

/// Where a trained network goes.
package enum Destination {
  /// Claims a network's files before the work is done rather than after it.
  ///
  /// - Parameters:
  ///   - encoder: Whether an encoder is written beside it.
  ///   - folders: What else is written.
  static func claim(
    _ request: Train, encoder: Bool = false, folders: [String] = [], _ telling: Telling
  ) throws {
    let path = request.file
    guard path.hasSuffix(".pt2") else {
      throw RequestFault.unfit("-o must name a file that ends in .pt2")
    }
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
      throw RequestFault.unfit("\(path) is a folder; -o must name a file")
    }
    let files = [path, Card.path(besides: path), encoder ? stem(path) + "-encoder.pt2" : nil]
    try Claim.outputs(
      files: files, folders: folders, existing: request.force ? .overwrite : .refuse,
      reading: request.inputs, for: telling.outputs)
  }

  /// `G` of `G.pt2`.
  static func stem(_ path: String) -> String { String(path.dropLast(".pt2".count)) }

  /// Saves what was trained, and where that cannot be, keeps it in the first place that is left.
  ///
  /// - Parameter write: Writes everything under a name.
  /// - Throws: ``KeptElsewhere``, or what `write` throws where there is no place at all.
  package static func save(to path: String, _ write: (String) throws -> Void) throws {
    do { try write(path) } catch {
      for place in places(insteadOf: path) where (try? write(place)) != nil {
        throw KeptElsewhere(
          cause: error as? any Fault ?? ForeignFault(error), place: place, path: path)
      }
      throw error
    }
  }

  /// Another name in the same folder, then one in the folder for temporary files.
  private static func places(insteadOf path: String) -> [String] {
    let name = URL(filePath: stem(path)).lastPathComponent
    let own = "-kept-\(ProcessInfo.processInfo.processIdentifier).pt2"
    return [
      stem(path) + own, FileManager.default.temporaryDirectory.appending(path: name + own).path,
    ]
  }
}

/// A trained network could not be put where it should, and lies elsewhere.
package struct KeptElsewhere: Fault {
  let cause: any Fault
  let place: String
  let path: String

  package var kind: FaultKind { .io }

  package var description: String {
    "\(cause); what was trained is kept as \(place): move it to \(path), with the files beside it"
  }
}
