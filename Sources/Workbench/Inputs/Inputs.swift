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
    /// Its size; nothing where its file does not say.
    var width: Int?
    var height: Int?
    let from: PictureFolder.Origin
    /// Why it cannot be asked about, in a sentence.
    var problem: String?
    /// The classes of its document by which it was found or put in order.
    var answers: [FolderDocuments.Class]?
  }

  /// The most bytes of a picture that is brought.
  static let limit = 32 << 20

  nonisolated let folder: PictureFolder
  private nonisolated let place: String
  private let records: Records
  private let limits: Limits
  private var brought: [(item: Item, path: String)] = []
  /// What was read of the folder's pictures.
  private var items: [Int: Item] = [:]

  /// - Parameters:
  ///   - place: A folder for what is brought.
  ///   - folder: A folder of pictures to browse.
  ///   - records: What is known of pictures that were brought before.
  ///   - limits: How large a picture may be that is brought.
  init(
    keptIn place: String, browsing folder: PictureFolder, knownBy records: Records,
    within limits: Limits
  ) throws {
    (self.place, self.folder) = (place, folder)
    (self.records, self.limits) = (records, limits)
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

  /// Some of the pictures: those that were brought last first, then the folder's.
  ///
  /// - Parameter known: What a network answers about the folder's pictures, as far as it is known.
  func list(_ query: InputQuery, by known: InputQuery.Known?) async throws -> InputList {
    let found = brought.filter { query.matches($0.item.name) }.map(\.item)
    let folder = folder
    let places = try await Blocking.run { query.places(among: folder.names, by: known) }
    let end = min(query.from + query.count, found.count + places.count)
    let wanted = query.from < end ? query.from..<end : 0..<0
    var listed = wanted.clamped(to: 0..<found.count).map { found[$0] }
    let rest = wanted.filter { $0 >= found.count }.map { places[$0 - found.count] }
    for (item, one) in zip(try await described(rest.map(\.place)), rest) {
      var item = item
      item.answers = one.answers
      listed.append(item)
    }
    return InputList(
      inputs: listed, more: found.count + places.count - end, found: found.count + places.count,
      total: brought.count + folder.names.count)
  }

  /// What is said of one picture.
  func item(_ id: String) async throws -> Item {
    if let known = brought.first(where: { $0.item.id == id }) { return known.item }
    guard let place = folder.place(of: id), let item = try await described([place]).first else {
      throw Refusal.noInput
    }
    return item
  }

  /// What is said of some of the folder's pictures; each is looked at once.
  private func described(_ places: [Int]) async throws -> [Item] {
    let folder = folder
    let unknown = places.filter { items[$0] == nil }
    let read = try await Blocking.run { unknown.map { folder.item($0) } }
    for (place, item) in zip(unknown, read) { items[place] = item }
    return places.map { items[$0] ?? folder.item($0) }
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
    if let known = brought.first(where: { $0.item.id == id }) { return known.path }
    guard let place = folder.place(of: id) else { throw Refusal.noInput }
    return try await Blocking.run { [folder] in try folder.path(place) }
  }

  /// What a picture that was brought is called; `nil` for one that lies in a folder of the person's own.
  nonisolated func nameOfUpload(at path: String) -> String? {
    let isOwn = path.hasPrefix(place + "/") || folder.isDrawn(path)
    return isOwn ? URL(filePath: path).lastPathComponent : nil
  }

  /// A name that is only a name: letters, digits, and the signs of file names.
  static func safe(_ name: String) -> String {
    let kept = name.unicodeScalars.map { scalar -> Character in
      let isKept =
        scalar.isASCII
        && (CharacterSet.alphanumerics.contains(scalar) || "._- ()".unicodeScalars.contains(scalar))
      return isKept ? Character(scalar) : "_"
    }
    let text = String(String(kept).suffix(100).drop { $0 == "." || $0 == " " || $0 == "-" })
    return text.isEmpty ? "picture" : text
  }
}

extension PictureRecord {
  fileprivate var item: Inputs.Item {
    .init(id: id, name: name, width: width, height: height, from: .upload)
  }
}
