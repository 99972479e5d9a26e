package import Files
internal import Foundation
internal import Networks

/// What a call writes, claimed before the work for it is done: checked by the one rule of all outputs
/// (`OutputRule`), and taken so that no other process writes there meanwhile.
package enum Claim {
  /// Claims files and folders of reports.
  ///
  /// - Parameters:
  ///   - inputs: Files and folders that the call reads.
  ///   - holder: The job that writes; the process where there is none.
  /// - Throws: `FileError`.
  package static func outputs(
    files: [String?] = [], folders: [String?] = [], existing: ExistingFiles,
    reading inputs: [String?], for holder: OutputLock.Holder? = nil
  ) throws(FileError) {
    let inputs = inputs.compactMap(\.self)
    let (files, folders) = (files.compactMap(\.self), folders.compactMap(\.self))
    if let holder {
      try holder.takeAll(files + folders)
    } else {
      try OutputLock.takeAll(files + folders)
    }
    for file in files {
      try WholeFile.check(file, existing: existing, beside: inputs)
    }
    for folder in folders {
      try OutputRule.check(folder: folder, existing: existing, reading: inputs)
    }
  }

  /// The files that settings name, such as `baseline=photo.png` or `rise:fill=a.png+b.png`.
  package static func files(namedIn settings: [String?]) -> [String] {
    settings.compactMap(\.self).flatMap { text in
      let words = text.split { ",=+".contains($0) }.map(String.init)
      return words.filter { FileManager.default.fileExists(atPath: $0) }
    }
  }

  /// A card, and the file of labels that it names.
  package static func files(ofCard path: String) -> [String] {
    guard case .file(let name)? = (try? Card(contentsOf: path))?.labels else { return [path] }
    return [path, URL(filePath: name, relativeTo: URL(filePath: path)).path]
  }

  /// A generator's decoder, card and encoder.
  package static func files(ofGenerator path: String) -> [String] {
    let card = Card.path(besides: path)
    guard let encoder = (try? GeneratorCard(contentsOf: card))?.encoder else {
      return [path, card]
    }
    return [path, card, URL(filePath: encoder, relativeTo: URL(filePath: card)).path]
  }
}
