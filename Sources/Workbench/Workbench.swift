internal import Files
internal import Foundation
package import Logging
package import Sessions

/// The page on this machine on which people ask networks, and the interface that it talks to.
///
/// By itself it listens on this machine alone. `docs/workbench.md` describes what it shows, `docs/security.md` what it allows.
package struct Workbench: Sendable {
  /// The networks that can be asked.
  package var networks: [NetworkChoice]
  /// The latent tree by which whole answers are clustered.
  package var tree: String?
  /// A generator's decoder, by which contrastive examples are drawn.
  package var generator: String?
  /// Folders of evaluation runs.
  package var runs: [String] = []
  /// A folder of pictures to browse.
  package var folder: String?
  /// The folder in which history, notes, saved views, pictures that were brought and reports stay; `nil` keeps them only
  /// until the server ends.
  package var data: String?
  /// Bytes that answers may take on the disk before the oldest go.
  package var cacheBytes = 1 << 30
  /// How many questions are worked on together.
  package var atOnce = 2
  /// How many questions may wait; another is told to come again.
  package var longestQueue = 64
  /// How it is reached, and by whom.
  package var access = Access()
  /// What one who asks may ask for.
  package var limits = Limits()

  /// Asks some networks.
  package init(_ networks: [NetworkChoice], tree: String? = nil, folder: String? = nil) {
    (self.networks, self.tree, self.folder) = (networks, tree, folder)
  }

  /// Reads the networks, and makes what answers requests.
  ///
  /// - Parameters:
  ///   - place: A folder for answers, and without ``data`` for pictures that are brought and reports; what is in it may
  ///     go at any time.
  ///   - session: Where questions are answered.
  ///   - log: What takes notes for whoever runs the server.
  /// - Throws: What is wrong with a network, the tree or the folder.
  package func routes(
    keptIn place: String, in session: Session, log: Logger
  ) async throws -> Routes {
    var session = session
    session.mostSeconds = limits.seconds
    session.networks = WarmNetworks()
    var described: [(NetworkChoice, Describe.Answer)] = []
    for network in networks {
      described.append((network, try await session.run(Describe(network)).answer))
    }
    let data = data
    let records = try await Blocking.run { try Records(in: data) }
    let (inputPlace, answerPlace) = ("\(data ?? place)/inputs", "\(place)/answers")
    let reports = "\(data ?? place)/reports"
    for part in [inputPlace, answerPlace, reports, "\(place)/thumbnails"] {
      try Self.makeFolder(part)
    }
    let levels = try await levelCount()
    let (generator, folders, facts) = (generator, runs, described)
    let opened = try await Blocking.run { try Runs(folders) }
    let offered = try await Blocking.run {
      try generator.map { try OfferedGenerator($0, for: facts) }
    }
    let pictures = try await Blocking.run { [folder] in
      if let folder { return try PictureFolder(folder) }
      return try PictureFolder(DrawnPicture.drawAll(in: place + "/drawn"), .drawn)
    }
    let answers = Answers(
      in: session, keptIn: answerPlace, atOnce: atOnce, longestQueue: longestQueue,
      cacheBytes: cacheBytes)
    let hurry = Hurry()
    let classifiers = described.enumerated().filter { $0.element.1.task == "classification" }
    let logins = try access.token.map { try Logins(token: $0, lifetime: limits.hours * 3_600) }
    return Routes(
      networks: described, tree: tree, levels: levels, generator: offered,
      inputs: try Inputs(keptIn: inputPlace, browsing: pictures, knownBy: records, within: limits),
      records: records,
      documents: FolderDocuments(
        of: pictures,
        by: Dictionary(uniqueKeysWithValues: classifiers.map { ($0.offset, $0.element.0) }),
        in: session
      ) { if hurry.isThere { true } else { await answers.isBusy } },
      thumbnails: Thumbnails(keptIn: place + "/thumbnails"), hurry: hurry,
      answers: answers, runs: opened, reports: reports, session: session,
      access: access, limits: limits, logins: logins, log: log)
  }

  private static func makeFolder(_ path: String) throws {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch { throw FileError.refusal(of: path, error) }
  }

  private func levelCount() async throws -> Int {
    guard let tree else { return 0 }
    return try await Blocking.run { try SchemeChoice.levelCount(ofTree: tree) }
  }
}
