import Foundation
import Imagery
import Networks
import Tensors
import TestSupport
import Testing

/// What a person sees of networks that give values with names, a row for each place, or take pictures in
/// another form.
@Suite struct HeadCommandTests {
  private static let usage: Int32 = 64
  private static let data: Int32 = 65

  /// A folder whose toy network and card are these.
  private func place(
    _ program: Program, labels: [String], _ change: (inout Card) throws -> Void = { _ in }
  ) throws -> Workplace {
    let place = try Workplace()
    try program.write(to: place.path("toy.pt2"))
    var card = ToyNetworks.card(height: 4, width: 6, labels: labels)
    try change(&card)
    try card.write(to: place.path("toy.json"))
    return place
  }

  private func manifest(_ place: Workplace, _ folder: String) throws -> [String: Any] {
    let data = try Data(contentsOf: place.folder.appending(path: folder + "/manifest.json"))
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  private func scores(_ manifest: [String: Any]) throws -> [Double] {
    let maps = try #require(manifest["maps"] as? [[String: Any]])
    return try maps.map { try #require($0["scoreValues"] as? [Double])[0] }
  }

  private let words = ["photo.png", "--model", "toy.pt2"]

  @Test func `values are told by their names, and one is asked about`() throws {
    let place = try place(
      ToyNetworks.pooled(kernels: [1], biases: [0], head: [[2], [-1]], height: 4, width: 6),
      labels: ["age", "weight"]
    ) { ($0.task, $0.output) = (.regression, .values) }
    let told = try Command(["predict"] + words, in: place.folder)
    #expect(
      told.status == 0 && told.output.contains("age") && told.output.contains("weight"),
      "\(told.messages)")
    let run = try Command(
      ["explain"] + words + ["--why", "age", "--rather-than", "5", "-o", "age"], in: place.folder)
    #expect(run.status == 0, "\(run.messages)")
    let found = try manifest(place, "age")
    let value = try #require(found["value"] as? Double)
    let squared = try scores(found)[0]
    #expect(abs(squared - (value - 5) * (value - 5)) < 1e-3)
    let question = try #require((found["maps"] as? [[String: Any]])?[0]["question"] as? String)
    #expect(question.hasPrefix("Why age ") && question.hasSuffix(", rather than 5?"), "\(question)")
    try FileManager.default.removeItem(atPath: place.path("age"))
    try expectFailure(
      Command(["explain"] + words, in: place.folder), Self.usage,
      saying: "several values, age, weight", "--why", in: place)
  }

  /// Two maps: the picture, and 0.4 everywhere.
  private func map() throws -> Program {
    var builder = ProgramBuilder(inputShape: [1, 4, 6])
    let maps = builder.call(
      "conv2d", in: "conv", type: "Conv2d",
      [
        ("input", .value(builder.input)),
        ("weight", .weight("weight", try Tensor([1, 0] as [Float], shape: [2, 1, 1, 1]))),
        ("bias", .weight("bias", try Tensor([0, 0.4] as [Float], shape: [2]))),
      ], shape: [2, 4, 6])
    return try builder.program(output: maps)
  }

  /// A photo of 4 × 6 pixels, its left half bright.
  private func photo(_ place: Workplace, _ name: String, bright columns: Range<Int>) throws {
    let pixels = (0..<24).flatMap { i in
      [UInt8](repeating: columns.contains(i % 6) ? 255 : 0, count: 3)
    }
    try Data(Picture(width: 6, height: 4, pixels: pixels).png())
      .write(to: place.folder.appending(path: name))
  }

  @Test func `a network that answers for each place is asked there`() throws {
    let place = try place(map(), labels: ["bright", "dark"])
    try photo(place, "photo.png", bright: 0..<3)
    let told = try Command(["predict"] + words, in: place.folder)
    #expect(
      told.status == 0 && told.output.contains("50.0 % of the picture"),
      "\(told.output)\(told.messages)")
    let explain =
      ["explain"] + words + ["--explainer", "saliency", "--why", "bright", "--score", "logit"]
    /// The logit of “bright” is the mean brightness of the places.
    func score(_ options: [String], _ folder: String) throws -> (Double, [String: Any]) {
      let run = try Command(explain + options + ["-o", folder], in: place.folder)
      #expect(run.status == 0, "\(run.messages)")
      let found = try manifest(place, folder)
      return (try scores(found)[0], try #require(found["places"] as? [String: Any]))
    }
    let (predicted, places) = try score([], "predicted")
    #expect(abs(predicted - 1) < 1e-6 && places["count"] as? Int == 12)
    let (left, point) = try score(["--at", "1,2"], "left")
    #expect(abs(left - 1) < 1e-6 && point["at"] as? [Int] == [1, 2] && point["count"] as? Int == 1)
    #expect(abs(try score(["--at", "4,2"], "right").0) < 1e-6)
    try photo(place, "mask.png", bright: 2..<4)
    let (half, mask) = try score(["--within", "mask.png"], "half")
    #expect(abs(half - 0.5) < 1e-6 && mask["within"] as? String == "mask.png")
    for name in ["predicted", "left", "right", "half", "mask.png"] {
      try FileManager.default.removeItem(atPath: place.path(name))
    }
    for (options, message) in [
      (["--at", "6,0"], "no pixel 6,0"),
      (["--at", "1,1", "--within", "mask.png"], "both say where"),
    ] {
      try expectFailure(
        Command(explain + options, in: place.folder), Self.usage, saying: message, in: place)
    }
    let small = try Workplace()
    try expectFailure(
      Command(
        explain + ["--within", small.path("photo.png")], in: place.folder), Self.usage,
      saying: "12 × 8", "6 × 4", in: place)
    try photo(place, "photo.png", bright: 0..<0)
    try expectFailure(
      Command(explain, in: place.folder), Self.usage, saying: "bright at no place", in: place)
  }

  @Test func `places cannot be asked of a network that answers once, nor in other commands`() throws
  {
    let plain = try Workplace()
    try expectFailure(
      Command(["explain"] + words + ["--at", "1,1"], in: plain.folder), Self.usage,
      saying: "answers once", in: plain)
    let place = try place(map(), labels: ["bright", "dark"])
    try expectFailure(
      Command(["sanity"] + words + ["--why", "bright"], in: place.folder), Self.usage,
      saying: "sanity asks about whole pictures", in: place)
  }

  /// The mean of each channel's weighted sum, of pictures in another form.
  private func program(
    input shape: [Int?], _ type: ElementType = .float32, moved operation: String? = nil,
    _ arguments: [(String, ProgramBuilder.Argument)] = [], factor: Double = 1
  ) throws -> Program {
    var builder = ProgramBuilder()
    var value = builder.addInput("x", shape: shape, type: type)
    if type == .uint8 {
      value =
        builder.call(
          "to.dtype", in: "", type: "", [("self", .value(value)), ("dtype", .int(6))],
          results: [.tensor(shape)])[0]
    }
    if let operation {
      value = builder.call(
        operation, in: "", type: "", [("self", .value(value))] + arguments, shape: [1, 4, 6])
    }
    let scaled = builder.call(
      "mul.Scalar", in: "", type: "", [("self", .value(value)), ("other", .double(factor))],
      shape: [1, 4, 6])
    let weight = try Tensor([2, -1] as [Float], shape: [2, 1, 1, 1])
    let maps = builder.call(
      "conv2d", in: "conv", type: "Conv2d",
      [("input", .value(scaled)), ("weight", .weight("weight", weight))], shape: [2, 4, 6])
    let means = builder.call(
      "mean.dim", in: "pool", type: "Mean", [("self", .value(maps)), ("dim", .ints([2, 3]))],
      shape: [2])
    return try builder.program(output: means)
  }

  @Test func `bytes, channels last and single pictures are fed as the network wants them`() throws {
    let plain = try place(program(input: [nil, 1, 4, 6]), labels: ["a", "b"])
    try photo(plain, "photo.png", bright: 0..<2)
    let expected = try Command(["predict"] + words, in: plain.folder)
    #expect(expected.status == 0, "\(expected.messages)")
    let others: [(String, Program)] = [
      ("bytes", try program(input: [nil, 1, 4, 6], .uint8, factor: 1 / 255)),
      (
        "channels last",
        try program(
          input: [nil, 4, 6, 1], moved: "permute", [("dims", .ints([0, 3, 1, 2]))])
      ),
      ("single", try program(input: [1, 4, 6], moved: "unsqueeze", [("dim", .int(0))])),
    ]
    for (name, program) in others {
      // What mean and std say of bytes does not matter.
      let place = try place(program, labels: ["a", "b"]) {
        if name == "bytes" { try $0.changeInput { ($0.mean, $0.std) = ([0.5], [0.25]) } }
      }
      try photo(place, "photo.png", bright: 0..<2)
      let told = try Command(["predict"] + words, in: place.folder)
      #expect(told.output == expected.output, "\(name): \(told.output) \(told.messages)")
      for explainer in ["saliency", "rise"] {
        let run = try Command(
          ["explain"] + words + ["--why", "a", "--explainer", explainer, "-o", explainer],
          in: place.folder)
        #expect(run.status == 0, "\(name), \(explainer): \(run.messages)")
      }
    }
  }
}
