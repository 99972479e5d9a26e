import Counterfactuals
import Foundation
import Imagery
import Networks
import Tensors
import Terms
import TestSupport
import Testing

@testable import Report

/// What the page of contrastive examples says: known answers.
@Suite struct ContrastivePageTests {
  private func page(
    _ answers: [ContrastiveAnswer], labels: [String] = ["4", "9", "3"],
    beside: [[ComparedMethodMap]] = []
  ) throws -> String {
    let report = try ContrastiveToys.report(answers, labels: labels, beside: beside)
    let drawer = ContrastDrawer(network: report.network, answers: answers, beside: beside)
    let scale = try drawer.scale()
    return try ContrastivePage(report: report, drawn: drawer.drawn(scale: scale), scale: scale)
      .html()
  }

  private let held = ContrastiveToys.likelihoods

  @Test func `an example is shown with what it says, moving, and on the way`() throws {
    let page = try page([ContrastiveToys.answer()])
    #expect(page.contains("<h1>Why 4, rather than 9?</h1>"))
    #expect(
      page.contains(
        "because the red is missing and the blue is there."))
    #expect(page.components(separatedBy: "data:image/gif;base64,").count == 2)
    #expect(page.components(separatedBy: "class=\"frame\"").count == 6, "five pictures on the way")
    #expect(page.contains("Full colour: a change of 0.80 or more"))
    #expect(page.contains("<td colspan=\"3\">1 of 2</td>"), "starts that converged")
    #expect(page.contains("<td>0.50</td>"), "the probability of both, e to the −0.7")
    #expect(!page.contains("<p class=\"warning\">") && !page.contains("<p class=\"failure\">"))
    #expect(!page.contains("<div class=\"tiles\">"), "one foil needs no overview")
  }

  @Test func `a change of colours that leaves the brightness is told in the table`() throws {
    let network = try ToyNetworks.colour()
    let (height, width) = ToyNetworks.colourSize
    let plane = height * width
    // One pixel gets redder by as much as it gets less blue: the mean over the channels is 0.
    let change = (0..<3 * plane).map { (i: Int) -> Float in
      i == 8 ? 0.3 : i == 8 + 2 * plane ? -0.3 : 0
    }
    let input = try Tensor([Float](repeating: 0.5, count: 3 * plane), shape: [3, height, width])
    let difference = try Tensor(change, shape: [3, height, width])
    let answer = ContrastiveAnswer(
      fact: ClassSet(0), foil: ClassSet(1), method: .cdeepex, input: input,
      likelihoods: ContrastiveToys.likelihoods(-0.1, -2.5, -4),
      attempts: [ContrastiveToys.attempt(.converged)],
      example: ContrastiveExample(
        attempt: 0, reconstruction: input, picture: try input + difference, difference: difference,
        saved: ContrastiveToys.likelihoods(-0.7, -0.7, -3), path: []))
    let report = ContrastiveReport(
      network: network,
      picture: try Picture(
        width: width, height: height, filledWith: .init(red: 0, green: 0, blue: 0)),
      prediction: Prediction(classes: [], value: nil), answers: [answer],
      provenance: Provenance(
        command: "rather counterfactual toy.png", network: .init(path: "toy.pt2", sha256: "00"),
        input: .init(path: "toy.png", sha256: "11"), seed: 7, version: "test"))
    let drawn = try ContrastDrawer(network: network, answers: [answer], beside: []).drawn(
      scale: 0.3)
    let page = try ContrastivePage(report: report, drawn: drawn, scale: 0.3).html()
    #expect(page.contains("<tr><th>largest change of a pixel</th><td colspan=\"3\">0</td></tr>"))
    #expect(
      page.contains("<tr><th>largest change of a colour</th><td colspan=\"3\">0.30</td></tr>"))
    // Of grey pictures there is no other colour.
    #expect(!(try self.page([ContrastiveToys.answer()])).contains("change of a colour"))
  }

  @Test func `a failed search is said to have failed, and shows nothing`() throws {
    let far = ContrastiveToys.likelihoods(-0.2, -3, -4)
    let page = try page([
      ContrastiveToys.failed([
        ContrastiveToys.attempt(.unequal(2.8), far),
        ContrastiveToys.attempt(.unequal(3.5), far),
      ])
    ])
    #expect(page.contains("<b>failed</b> Both searches failed. In the one that came nearest,"))
    #expect(page.contains("it did not make 9 as likely as 4 (4: 0.82, 9: 0.05; log-odds 2.80)"))
    #expect(!page.contains("data:image/"))
    #expect(!page.contains("because the red"))
  }

  @Test func `a third class that stayed above is named with its numbers`() throws {
    let attempt = ContrastiveToys.attempt(
      .otherAbove(2, by: 0.6), ContrastiveToys.likelihoods(-1.4, -1.5, -0.8))
    let page = try page([ContrastiveToys.failed([attempt])])
    #expect(
      page.contains(
        "The search failed: another class, 3, stayed likelier (0.45 beside 4: 0.25, 9: 0.22; above by "
          + "0.60 in log-likelihood)."))
  }

  @Test func `where a third class wins, xGEMs is no answer`() throws {
    let won = ContrastiveToys.likelihoods(-2, -2, -0.34)
    let page = try page([ContrastiveToys.answer(method: .xgems, at: won)])
    #expect(
      page.contains(
        "<p class=\"warning\">A third class, 3, is likelier here (0.71): this is not an answer to the "
          + "question.</p>"))
    #expect(!page.contains("because the red"))
    let both = try self.page([
      ContrastiveToys.answer(), ContrastiveToys.answer(method: .xgems, at: won),
    ])
    #expect(both.components(separatedBy: "a third class wins</b>").count == 2)
    #expect(both.contains("id=\"4-rather-than-9-xgems\""))
  }

  @Test func `a saved picture that is answered differently says so`() throws {
    func text(_ saved: Likelihoods) throws -> String {
      try page([ContrastiveToys.answer(saved: saved)])
    }
    // 0.09 apart is within 0.1, 0.11 is not.
    #expect(try !text(held(-0.7, -0.79, -3)).contains("as saved, in 256 levels, is answered"))
    let apart = try text(held(-0.7, -0.81, -3))
    #expect(
      apart.contains("is answered differently from the numbers before rounding: 4: 0.50, 9: 0.44."))
    let other = try text(held(-1.2, -1.25, -1))
    #expect(other.contains("rounding: 4: 0.30, 9: 0.29, 3: 0.37."))
  }

  @Test func `foils are listed nearest first, failed ones last and hatched`() throws {
    let page = try page(
      [
        ContrastiveToys.failed(foil: 3, [ContrastiveToys.attempt(.unsettled)]),
        ContrastiveToys.answer(foil: 1, distance: 2), ContrastiveToys.answer(foil: 2, distance: 1),
      ], labels: ["4", "9", "3", "7"])
    #expect(page.contains("<h1>Why 4, rather than something else?</h1>"))
    let links = page.matches(of: /<a href="#([^"]*)">/).map { String($0.output.1) }
    #expect(links == ["4-rather-than-3", "4-rather-than-9", "4-rather-than-7"])
    let sections = page.matches(of: /<section id="([^"]*)">/).map { String($0.output.1) }
    #expect(sections == links)
    #expect(page.components(separatedBy: "<div class=\"tile failed\">").count == 2)
  }

  @Test func `a picture that the generator cannot draw is no surprise`() throws {
    let plain = try ContrastiveToys.answer()
    func text(_ residual: Float) throws -> String {
      let old = plain.attempts[1]
      let attempt = ContrastiveAttempt(
        startCode: old.startCode, code: old.code, distance: old.distance,
        pictureDistance: old.pictureDistance, residual: residual, likelihoods: old.likelihoods,
        iterations: 1, multiplierUpdates: 1, verdict: .converged)
      return try page([
        ContrastiveAnswer(
          fact: plain.fact, foil: plain.foil, method: .cdeepex, input: plain.input,
          likelihoods: plain.likelihoods, attempts: [plain.attempts[0], attempt],
          example: plain.example)
      ])
    }
    // The input's variance is 1/4: 0.2 is 16 %, 0.4 is 64 %.
    #expect(try text(0.2).contains("cannot draw 16 % of this picture’s variation"))
    #expect(try text(0.4).contains("64 %") && text(0.4).contains("mostly the input itself"))
    #expect(try !text(0.1).contains("cannot draw"))
  }

  @Test func `labels are escaped everywhere`() throws {
    let hostile = "<script>alert(\"1\")</script>"
    let page = try page(
      [
        ContrastiveToys.answer(),
        ContrastiveToys.failed(foil: 2, [ContrastiveToys.attempt(.unsettled)]),
      ], labels: [hostile, hostile, hostile],
      beside: [[ComparedMethodMap(title: hostile, note: hostile, map: nil, failure: hostile)]])
    #expect(!page.contains("<script") && page.contains("&lt;script&gt;alert(&quot;1&quot;)"))
    #expect(page.contains("What other methods answer"))
  }

  @Test func `where Q is likelier from the start, the sentence does not claim P`() throws {
    let old = try ContrastiveToys.answer()
    let answer = ContrastiveAnswer(
      fact: old.fact, foil: old.foil, method: .cdeepex, input: old.input,
      likelihoods: held(-2, -0.2, -4), attempts: old.attempts, example: old.example)
    let page = try page([answer])
    #expect(page.contains("the network finds 9 likelier than 4"))
    #expect(!page.contains("because the red"))
  }
}
