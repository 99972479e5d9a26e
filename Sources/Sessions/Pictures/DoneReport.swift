internal import Files
internal import Foundation
internal import Networks
internal import Report

/// What a report that is whole says of its picture.
struct DoneReport: Decodable {
  let input: Manifest.File
  let prediction: [Prediction.Class]
  let value: Float?

  /// The report in a folder; `nil` where there is no whole one.
  init?(in folder: String) {
    let path = "\(folder)/manifest.json"
    guard let bytes = try? ByteStream.bytes(path, atMost: 64 << 20),
      let found = try? JSONDecoder().decode(DoneReport.self, from: Data(bytes))
    else { return nil }
    self = found
  }
}

/// A manifest that says what the network answered about a picture.
protocol PictureManifest: Sendable {
  var prediction: [Prediction.Class] { get }
  var value: Float? { get }
}

extension Manifest: PictureManifest {}

extension SanityManifest: PictureManifest {
  var value: Float? { nil }
}
