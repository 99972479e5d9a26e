import Foundation
import Sessions
import TestSupport
import Testing

@testable import Workbench

/// What a page lets people keep of an answer: the report, the command, the lines in Swift, the numbers.
///
/// Kinds: known answers (the command's files, byte for byte) and reduction (a program becomes the request that it was made of).
@Suite struct ServeKeepTests {
  private let place: ServePlace
  private var folder: URL { place.folder }

  init() throws {
    place = try ServePlace()
    try place.draw("own.png", 5)
  }

  /// What the page can ask, each in another way.
  private let questions: [[String: Any]] = [
    ["question": ["why": "cello"]],
    ["question": ["why": "cello,violin", "ratherThan": "<b>viola</b>", "score": "mean"]],
    ["question": ["why": "0", "ratherThan": "1", "contrast": "outside", "score": "probability"]],
    ["question": ["why": "cello", "ratherThan": "1", "score": "finer", "finerStrength": 0.25]],
    ["question": ["why": "cello", "ratherThan": "violin"], "check": true, "seed": 7],
    ["whole": ["tree": true]],
    ["whole": ["tree": true, "level": 1, "scheme": "cwox-1sa", "limit": 3, "mass": 0.5]],
    [
      "whole": [
        "tree": false, "clusters": "cello,violin;<b>viola</b>", "scheme": "cwox-2s", "limit": 3,
        "mass": 1,
      ]
    ],
    ["whole": ["tree": false, "scheme": "swox"], "method": ["explainer": "saliency"]],
    [
      "question": ["why": "cello"],
      "method": ["explainer": "rise", "settings": "masks=40,cells=3"],
      "seed": 3,
    ],
    [
      "question": ["why": "cello", "ratherThan": "violin"],
      "method": [
        "explainer": "integrated-gradients", "settings": "steps=4", "reduction": "max-abs",
      ],
    ],
    ["question": ["why": "cello"], "method": ["explainer": "lime", "settings": "samples=30"]],
    ["question": ["why": "cello"], "method": ["explainer": "occlusion"]],
    ["question": ["why": "violin"], "method": ["explainer": "lrp"]],
    [:],
  ]

  @Test func `whatever is asked, the saved report is that of the copied command`() throws {
    let served = try place.served(["--tree", "tree.json"])
    let bytes = try Data(contentsOf: folder.appending(path: "own.png"))
    let input = try #require(
      served.ask("/api/inputs?name=own.png", "POST", body: bytes).json()["id"] as? String)
    for (place, question) in questions.enumerated() {
      let (id, facts) = try served.answer(question.merging(["input": input]) { $1 })
      #expect(facts["state"] as? String == "done", "\(question): \(facts)")
      let command = try #require(facts["command"] as? String)
      try served.expectReport(of: id, isThatOf: command, into: "typed-\(place)")
      let own = try Data(contentsOf: folder.appending(path: "typed-\(place)/maps.npz"))
      let numbers = try served.ask("/api/answers/\(id)/maps.npz")
      #expect(numbers.body == own, "\(command)")
      #expect(numbers.headers["content-disposition"] == "attachment; filename=\"maps.npz\"")
    }
  }

  @Test func `the lines in Swift make the request that was asked`() throws {
    for question in questions {
      let data = try JSONSerialization.data(withJSONObject: question)
      let ask = try Ask(jsonBytes: Array(data))
      let request = try ask.request(
        of: [NetworkChoice("toy.pt2")], tree: "tree.json", picture: "own.png")
      let program = request.swiftProgram()
      // What the lines set, as the JSON of a request.
      var made: [String: Any] = [
        "pictures": [program.picture], "network": ["model": program.model],
      ]
      for setting in program.settings {
        Self.set(setting.property.split(separator: ".").map(String.init)[...], setting.value, &made)
        #expect(program.text.contains("request.\(setting.property) = "))
      }
      let text = String(decoding: try JSONSerialization.data(withJSONObject: made), as: UTF8.self)
      #expect(try Explain(json: text).json() == request.json(), "\(program.text)")
    }
  }

  private static func set(
    _ path: ArraySlice<String>, _ value: SwiftProgram.Setting.Value, _ object: inout [String: Any]
  ) {
    guard let key = path.first else { return }
    if path.count > 1 {
      var inner = object[key] as? [String: Any] ?? [:]
      set(path.dropFirst(), value, &inner)
      object[key] = inner
      return
    }
    object[key] =
      switch value {
      case .text(let text): text
      case .number(let number): NSDecimalNumber(string: number)
      case .member(_, let json): json
      case .made: [String: Any]()
      }
  }

  @Test func `the program stands beside the command, whatever its words are`() throws {
    let served = try place.served()
    let (_, facts) = try served.answer([
      "input": try served.firstInput(), "check": true,
      "question": ["why": "cello", "ratherThan": "<b>viola</b>", "score": "log-odds"],
    ])
    #expect(
      facts["swift"] as? String == """
        import Rather

        var request = Explain("photos/a.png", of: NetworkChoice("toy.pt2"))
        request.question.why = "cello"
        request.question.ratherThan = "<b>viola</b>"
        request.question.score = .logOdds
        request.check = CheckChoice()
        if case .one(let report) = try Session().run(request).wait() { print(report.folder) }

        """)
    #expect(SwiftProgram.literal("a\"\\(b)\n\u{7}ü\u{202e}") == #""a\"\\(b)\n\u{7}ü\u{202e}""#)
    #expect(try served.ask("/api/answers/none/maps.npz").status == 404)
  }
}
