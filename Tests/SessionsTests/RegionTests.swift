import Foundation
import Imagery
import Networks
import Report
import Sessions
import Terms
import TestSupport
import Testing

/// What a network is shown of a picture where its card does not decide.
///
/// Kinds: parity with pictures that were cut beforehand, known answers, and bad input.
@Suite struct RegionTests {
  private func explained(_ request: Explain) throws -> (Manifest, Data) {
    guard case .one(let written) = try Session().run(request).wait() else {
      throw RequestFault.unfit("one picture was asked about")
    }
    let maps = try Data(contentsOf: URL(filePath: written.folder + "/maps.npz"))
    return (written.manifest, maps)
  }

  private func large(_ place: SessionPlace, _ name: String) throws -> Picture {
    let picture = try Picture(
      width: 60, height: 30, pixels: (0..<5400).map { UInt8($0 * $0 / 7 % 251) })
    try Data(picture.png()).write(to: place.folder.appending(path: name))
    return picture
  }

  @Test func `a region gives the numbers of a picture that was cut beforehand`() throws {
    let place = try SessionPlace()
    let picture = try large(place, "large.png")
    try Data(picture.cropped(x: 7, y: 3, width: 33, height: 20).png())
      .write(to: place.folder.appending(path: "part.png"))
    var region = place.explain("large.png", to: "region")
    let cut = try #require(SeenRegion("7,3,33,20"))
    region.region = cut
    var part = place.explain("part.png", to: "part")
    part.region = .whole
    let (one, maps) = try explained(region)
    let (other, same) = try explained(part)
    #expect(maps == same)
    #expect(
      one.prediction == other.prediction && one.maps.map(\.maximum) == other.maps.map(\.maximum))
    #expect(one.geometry?.seen == Region(x: 7, y: 3, width: 33, height: 20))
    #expect(other.geometry?.seen == Region(x: 0, y: 0, width: 33, height: 20))
    var predict = Predict()
    (predict.pictures, predict.network) = ([place.path("large.png")], place.network)
    predict.region = region.region
    let row = try #require(try Session().run(predict).wait().rows.first)
    #expect(row.seen == one.geometry?.seen)
    #expect(row.top.map(\.label) == one.prediction.map(\.label))
  }

  @Test func `the card's own region gives the maps of the card`() throws {
    let place = try SessionPlace()
    _ = try large(place, "large.png")
    let (plain, maps) = try explained(place.explain("large.png", to: "plain"))
    let seen = try #require(plain.geometry?.seen)
    let edges = [seen.x, seen.y, seen.x + seen.width, seen.y + seen.height].map {
      Int($0.rounded())
    }
    var asked = place.explain("large.png", to: "asked")
    asked.region = .rectangle(
      x: edges[0], y: edges[1], width: edges[2] - edges[0], height: edges[3] - edges[1])
    let (same, others) = try explained(asked)
    #expect(maps == others && same.geometry == plain.geometry)
  }

  @Test func `a region that does not lie in the picture, or is none, is refused with a sentence`()
    throws
  {
    let place = try SessionPlace()
    var request = place.explain(to: "out")
    request.region = .rectangle(x: 8, y: 0, width: 5, height: 4)
    #expect(throws: PictureError.self) { try Session().run(request).wait() }
    for text in ["", "all", "1,2,3", "1,2,3,0", "-1,0,2,2", "0,0,2,2,2", "a,b,c,d"] {
      #expect(SeenRegion(text) == nil, "\(text)")
    }
    #expect(try Explain(json: #"{"region": "whole"}"#).region == .whole)
    #expect(throws: RequestFault.self) { try Explain(json: #"{"region": "1,2"}"#) }
  }

  @Test
  func `pixels that are hidden are those of a picture in which they were replaced beforehand`()
    throws
  {
    let place = try SessionPlace()
    // The picture has the size of the input, so that a pixel of the one is a pixel of the other.
    let pixels = (0..<72).map { UInt8($0 * 41 % 256) }
    let hidden = [0, 5, 7, 12, 13, 23]
    var without = pixels
    for pixel in hidden { for channel in 0..<3 { without[pixel * 3 + channel] = 0 } }
    for (name, bytes) in [("small.png", pixels), ("without.png", without)] {
      try Data(Picture(width: 6, height: 4, pixels: bytes).png())
        .write(to: place.folder.appending(path: name))
    }
    var mask = [UInt8](repeating: 0, count: 3)
    for pixel in hidden { mask[pixel / 8] |= 128 >> UInt8(pixel % 8) }
    var probe = Probe()
    (probe.picture, probe.network) = (place.path("small.png"), place.network)
    (probe.region, probe.fill) = (.whole, "black")
    probe.mask = Data(mask).base64EncodedString()
    let session = Session()
    let found = try session.run(probe).wait()
    var predict = Predict()
    (predict.network, predict.region) = (place.network, .whole)
    predict.pictures = [place.path("small.png"), place.path("without.png")]
    let rows = try session.run(predict).wait().rows
    #expect(found.hidden == hidden.count)
    // The form that probes are asked in agrees within 1e-4 of the largest logit; this toy has no other form.
    for (answer, row) in [(found.before, rows[0]), (found.after, rows[1])] {
      for (one, other) in try paired(answer.classes, row.top) {
        #expect(one.index == other.index && abs(one.logit - other.logit) < 1e-5)
      }
    }
    #expect(found.after.classes != found.before.classes)
    probe.mask = ""
    #expect(try session.run(probe).wait().after.classes == found.before.classes)
    probe.mask = "AAAA"
    probe.fill = "blur:1"
    #expect(try session.run(probe).wait().hidden == 0)
    for (mask, fill) in [
      ("AA", "mean"), ("AAAAAAAA", "mean"), ("!!!!", "mean"), ("AAAA", "photo.png"),
    ] {
      (probe.mask, probe.fill) = (mask, fill)
      #expect(throws: (any Error).self) { try session.run(probe).wait() }
    }
  }
}
