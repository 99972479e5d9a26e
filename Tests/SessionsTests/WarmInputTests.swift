import Foundation
import Networks
import Report
import Sessions
import TestSupport
import Testing

/// Pictures and passes that stay between the jobs of a session change no byte of what they answer.
///
/// Kinds: parity with sessions that keep nothing, and staleness.
@Suite struct WarmInputTests {
  private func warm() -> Session {
    var session = Session()
    session.networks = WarmNetworks()
    return session
  }

  private func maps(of request: Explain, in session: Session) throws -> (Data, Manifest) {
    guard case .one(let written) = try session.run(request).wait() else {
      throw RequestFault.unfit("one picture was asked about")
    }
    return (try Data(contentsOf: URL(filePath: written.folder + "/maps.npz")), written.manifest)
  }

  @Test(arguments: ["grad-cam", "saliency", "mwp", "integrated-gradients", "rise:masks=64"])
  func `questions of one session get the bytes of sessions of their own`(method: String) throws {
    let place = try SessionPlace(pictures: 2)
    let session = warm()
    let questions = [("cello", "violin"), ("viola", "cello"), ("cello", "viola")]
    for (number, question) in questions.enumerated() {
      for picture in ["photo.png", "photos/001.png"] {
        var request = place.explain(picture, to: "\(number) \(picture.count) warm")
        let parts = method.split(separator: ":").map(String.init)
        request.method.explainer = parts[0]
        request.method.settings = parts.count > 1 ? parts[1] : ""
        request.question.why = question.0
        request.question.ratherThan = question.1
        let one = try maps(of: request, in: session)
        request.place = PlaceChoice(place.path("\(number) \(picture.count) alone"))
        let other = try maps(of: request, in: Session())
        #expect(one.0 == other.0, "\(question) of \(picture)")
        #expect(one.1.prediction == other.1.prediction)
        #expect(one.1.input?.sha256 == other.1.input?.sha256)
      }
    }
  }

  @Test func `another region, and a picture or a network that is written anew, is another input`()
    throws
  {
    let place = try SessionPlace()
    let session = warm()
    func asked(_ out: String, region: String? = nil) throws -> Data {
      var request = place.explain(to: out)
      if let region { request.region = SeenRegion(region) }
      let found = try maps(of: request, in: session).0
      request.place = PlaceChoice(place.path(out + " alone"))
      #expect(try maps(of: request, in: Session()).0 == found, "\(out)")
      return found
    }
    let first = try asked("first")
    #expect(try asked("region", region: "2,1,6,4") != first)
    try place.draw("photo.png", 11)
    let drawn = try asked("drawn")
    #expect(drawn != first)
    try ToyNetworks.pooled(
      kernels: [3, -1, 0.5], biases: [0.1, 1, 0], head: [[1, 2, -1], [0.5, -1, 3], [2, 0, 1]],
      height: 4, width: 6
    ).write(to: place.path("toy.pt2"))
    #expect(try asked("other network") != drawn)
  }
}
