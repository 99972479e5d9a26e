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

  /// What is seen sticks out of the picture where borders are filled.
  @Test func `a wide picture is seen whole, undistorted, with borders`() throws {
    let place = try SessionPlace()
    let picture = try large(place, "large.png")
    var request = place.explain("large.png", to: "whole")
    request.network.form.view = .whole
    let (found, _) = try explained(request)
    // 60 × 30 pixels become 6 × 3 of the input's 6 × 4; the spare row is filled at the bottom.
    #expect(found.geometry?.seen == Region(x: 0, y: 0, width: 60, height: 40))
    #expect(found.header.network?.overridden == ["view": "whole"])
    let small = try picture.resized(width: 6, height: 3)
    let input = try Network(contentsOf: place.network.model).preprocessing
    let grey = UInt8((input.mean[0] * 255).rounded(.toNearestOrEven))
    let border = Array(repeating: grey, count: 18)
    try Data(Picture(width: 6, height: 4, pixels: small.pixels + border).png())
      .write(to: place.folder.appending(path: "made.png"))
    var same = place.explain("made.png", to: "made")
    same.region = .whole
    let (made, _) = try explained(same)
    #expect(found.prediction == made.prediction && made.header.network?.overridden == nil)
    request.region = SeenRegion("10,0,30,30")
    request.place.folder = place.path("part")
    #expect(
      try explained(request).0.geometry?.seen == Region(x: 2.5, y: 0, width: 45, height: 30))
  }

  @Test func `what a call says takes the place of what the card says, and the manifest tells`()
    throws
  {
    let place = try SessionPlace()
    _ = try large(place, "large.png")
    var request = place.explain("large.png", to: "cut")
    (request.network.form.crop, request.network.form.resize) = (0.5, .shorterSide)
    let (found, _) = try explained(request)
    #expect(
      found.header.network?.overridden == ["input.crop": "0.5", "input.resize": "shorter-side"])
    // 30 rows become 8, and 60 columns 16, of which 6 × 4 are kept.
    #expect(found.geometry?.seen == Region(x: 18.75, y: 7.5, width: 22.5, height: 15))
    for change in [
      { (form: inout CardChoice) in form.crop = 7 }, { $0.mean = [0.1, 0.2] },
      { $0.task = .regression }, { $0.std = [0] },
    ] {
      var bad = place.explain("large.png", to: "bad")
      change(&bad.network.form)
      let fault = #expect(throws: RequestFault.self) { try Session().run(bad).wait() }
      #expect("\(try #require(fault))".contains("in place of what the card says"))
    }
    // A head of values makes the card one of a regression.
    var values = place.explain("large.png", to: "values")
    (values.network.form.head, values.question) = (.values, QuestionChoice(why: "cello"))
    let (ofValues, _) = try explained(values)
    #expect(!ofValues.values.isEmpty && ofValues.prediction.isEmpty, "\(ofValues.values)")
    #expect(ofValues.header.network?.overridden == ["output": "values"])
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
