internal import Files
internal import Foundation
internal import Imagery

/// Small copies of pictures, which are made two at a time and lie on the disk as long as there is room.
actor Thumbnails {
  private let place: String
  private let limit: Int
  private let makers = OperationQueue()
  /// By the name of its file: its bytes, and when it was last wanted.
  private var kept: [String: (bytes: Int, use: Int)] = [:]
  private var bytes = 0
  private var clock = 0

  /// - Parameters:
  ///   - place: A folder for them.
  ///   - limit: The most bytes that they take.
  init(keptIn place: String, limit: Int = 128 << 20) {
    (self.place, self.limit) = (place, limit)
    // A large photo takes a hundred megabytes while it is decoded.
    makers.maxConcurrentOperationCount = 2
  }

  /// A picture as browsers show it, with its type: at most so many pixels wide and high, as PNG; whole where no side is
  /// given, and then a JPEG as it lies there, for it takes longer to write a photo anew than to explain it.
  func picture(_ path: String, side: Int?) async throws -> (bytes: [UInt8], type: String) {
    if let side { return (try await png(path, side: side), "image/png") }
    if let jpeg = try await Blocking.run({ Self.jpeg(path) }) { return (jpeg, "image/jpeg") }
    return (try await made(path, nil), "image/png")
  }

  private func png(_ path: String, side: Int) async throws -> [UInt8] {
    let stamp = try await Blocking.run { FileStamp.of(path) }
    let name = String(SHA256.hex(of: Array("\(path)\n\(stamp)\n\(side)".utf8)).prefix(32))
    let file = "\(place)/\(name).png"
    clock += 1
    if kept[name] != nil {
      kept[name]?.use = clock
      if let known = try? await Blocking.run({ try ByteStream.bytes(file, atMost: 1 << 28) }) {
        return known
      }
    }
    let png = try await made(path, side)
    // Without room on the disk it is made again each time.
    if (try? await Blocking.run { try WholeFile.write(png, to: file) }) != nil {
      bytes += png.count - (kept.updateValue((png.count, clock), forKey: name)?.bytes ?? 0)
      makeRoom()
    }
    return png
  }

  private func made(_ path: String, _ side: Int?) async throws -> [UInt8] {
    try await withCheckedThrowingContinuation { continuation in
      makers.addOperation {
        continuation.resume(with: Result { try Self.copy(path, side) })
      }
    }
  }

  private func makeRoom() {
    guard bytes > limit else { return }
    for (name, one) in kept.sorted(by: { $0.value.use < $1.value.use }) where bytes > limit * 3 / 4
    {
      bytes -= one.bytes
      kept[name] = nil
      try? FileManager.default.removeItem(atPath: "\(place)/\(name).png")
    }
  }

  /// The bytes of a JPEG; `nil` for another file, and for one that is larger than what may be brought.
  private static func jpeg(_ path: String) -> [UInt8]? {
    guard let file = FileHandle(forReadingAtPath: path) else { return nil }
    defer { try? file.close() }
    guard (try? file.read(upToCount: 3)) == Data([0xFF, 0xD8, 0xFF]) else { return nil }
    return try? ByteStream.bytes(path, atMost: Inputs.limit)
  }

  private static func copy(_ path: String, _ side: Int?) throws -> [UInt8] {
    let picture = try Picture(contentsOf: path)
    guard let side, max(picture.width, picture.height) > side else { return try picture.png() }
    let scale = Double(side) / Double(max(picture.width, picture.height))
    return try picture.resized(
      width: max(1, Int((Double(picture.width) * scale).rounded())),
      height: max(1, Int((Double(picture.height) * scale).rounded()))
    ).png()
  }
}
