internal import Files
internal import Foundation
internal import Imagery
internal import Sessions

/// The pictures that can be asked about: those of the folder, and those that were brought.
///
/// What is brought lies in a folder of its own, under its checksum; of the name that it was brought under only
/// letters, digits and a few signs are kept, so no name leads anywhere.
actor Inputs {
  /// A picture that can be asked about.
  struct Item: Encodable, Sendable {
    /// What the page calls it.
    let id: String
    let name: String
    let width: Int
    let height: Int
    /// `folder` or `upload`.
    let from: String
  }

  /// The most bytes of a picture that is brought.
  static let limit = 32 << 20

  private nonisolated let place: String
  nonisolated let folder: String?
  private let named: [String]
  private let most: Int
  private let records: Records
  private let limits: Limits
  private var brought: [(item: Item, path: String)] = []
  private var listing: Task<[(item: Item, path: String)], Never>?

  /// - Parameters:
  ///   - place: A folder for what is brought.
  ///   - folder: A folder of pictures to browse.
  ///   - records: What is known of pictures that were brought before.
  ///   - most: How many pictures of the folder are listed.
  ///   - limits: How large a picture may be that is brought.
  init(
    keptIn place: String, browsing folder: String?, knownBy records: Records, most: Int = 2_000,
    within limits: Limits
  ) throws {
    (self.place, self.folder, self.most) = (place, folder, most)
    (self.records, self.limits) = (records, limits)
    named = try folder.map { try Picture.names(below: $0) { _ in } } ?? []
    let known = try records.pictures().map { ($0.item, "\(place)/\($0.id)/\($0.name)") }
    brought = known.filter { FileManager.default.fileExists(atPath: $0.1) }
    let ids = Set(brought.map(\.item.id))
    try records.forget(pictures: known.map(\.0.id).filter { !ids.contains($0) })
    // What a server that was killed had written and not yet acknowledged.
    let folders = (try? FileManager.default.contentsOfDirectory(atPath: place)) ?? []
    for id in folders where !ids.contains(id) { Self.remove(id, in: place) }
  }

  private static func remove(_ id: String, in place: String) {
    try? FileManager.default.removeItem(atPath: "\(place)/\(id)")
  }

  /// How many pictures of the folder are not listed.
  var more: Int { max(named.count - most, 0) }

  /// All, those that were brought last first, then the folder's in the order of their names.
  func list() async -> [Item] {
    (brought + (await ofFolder())).map(\.item)
  }

  /// Those of the folder, which are read once; whoever asks meanwhile waits for them.
  private func ofFolder() async -> [(item: Item, path: String)] {
    guard let folder else { return [] }
    let names = Array(named.prefix(most))
    let task =
      listing
      ?? Task {
        let found = try? await Blocking.run {
          names.compactMap { name in Self.listed(name, in: folder) }
        }
        return found ?? []
      }
    listing = task
    return await task.value
  }

  /// A picture of the folder; a link that leads out of it is none.
  private static func listed(_ name: String, in folder: String) -> (item: Item, path: String)? {
    let path = (folder as NSString).appendingPathComponent(name)
    let (own, real) = (URL(filePath: folder), URL(filePath: path))
    guard
      real.resolvingSymlinksInPath().path.hasPrefix(own.resolvingSymlinksInPath().path + "/"),
      let picture = try? Picture(contentsOf: path)
    else { return nil }
    let id = SHA256.hex(of: Array(("folder:" + name).utf8))
    return (
      Item(
        id: String(id.prefix(24)), name: name, width: picture.width, height: picture.height,
        from: "folder"), path
    )
  }

  /// Keeps a picture that was brought.
  func add(_ bytes: [UInt8], named name: String) async throws -> Item {
    let (place, records, limits) = (place, records, limits)
    let (item, path, gone) = try await Blocking.run {
      let name = Self.safe(name)
      let picture = try Picture(decoding: bytes, named: name)
      try limits.check(picture)
      let id = String(SHA256.hex(of: bytes).prefix(24))
      let path = "\(place)/\(id)/\(name)"
      try FileManager.default.createDirectory(
        atPath: "\(place)/\(id)", withIntermediateDirectories: true)
      try WholeFile.write(bytes, to: path)
      let record = PictureRecord(
        id: id, name: name, width: picture.width, height: picture.height, bytes: bytes.count)
      let gone = try records.keep(record)
      for old in gone { Self.remove(old, in: place) }
      return (record.item, path, Set(gone))
    }
    brought.removeAll { $0.item.id == item.id || gone.contains($0.item.id) }
    brought.insert((item, path), at: 0)
    return item
  }

  /// Where a picture lies.
  func path(of id: String) async throws -> String {
    let all = brought.contains { $0.item.id == id } ? brought : await ofFolder()
    guard let found = all.first(where: { $0.item.id == id }) else { throw Refusal.noInput }
    return found.path
  }

  /// What a picture that was brought is called; `nil` for one that lies in a folder of the person's own.
  nonisolated func nameOfUpload(at path: String) -> String? {
    path.hasPrefix(place + "/") ? URL(filePath: path).lastPathComponent : nil
  }

  /// A name that is only a name: letters, digits, and the signs of file names.
  static func safe(_ name: String) -> String {
    let kept = name.unicodeScalars.map { scalar -> Character in
      let isKept =
        scalar.isASCII
        && (CharacterSet.alphanumerics.contains(scalar) || "._- ()".unicodeScalars.contains(scalar))
      return isKept ? Character(scalar) : "_"
    }
    let text = String(String(kept).drop { $0 == "." || $0 == " " || $0 == "-" }.suffix(100))
    return text.isEmpty ? "picture" : text
  }

  /// The picture as PNG, at most so many pixels wide and high.
  static func png(_ path: String, side: Int?) throws -> [UInt8] {
    let picture = try Picture(contentsOf: path)
    guard let side, max(picture.width, picture.height) > side else { return try picture.png() }
    let scale = Double(side) / Double(max(picture.width, picture.height))
    return try picture.resized(
      width: max(1, Int((Double(picture.width) * scale).rounded())),
      height: max(1, Int((Double(picture.height) * scale).rounded()))
    ).png()
  }
}

extension PictureRecord {
  fileprivate var item: Inputs.Item {
    .init(id: id, name: name, width: width, height: height, from: "upload")
  }
}
