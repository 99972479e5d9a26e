import Foundation
import Networks
import Tensors
import Terms
import TestSupport
import Testing

@testable import Networks

/// What a card says is brought to a network, and what maps of it are over.
@Suite struct InputFormTests {
  private func card(_ input: String) throws -> Card {
    let folder = try References.temporaryFolder()
    let path = folder.appending(path: "card.json").path
    try Data(
      """
      {"task": "classification", "output": "logits", "labels": ["a", "b"], \(input)}
      """.utf8
    ).write(to: URL(filePath: path))
    return try Card(contentsOf: path)
  }

  @Test func `a card names tokens, columns or a picture`() throws {
    let tokens = try card(#""input": {"kind": "tokens", "tokenizer": "numbers", "blank": 3}"#)
    #expect(tokens.form == .tokens(NumberTokenizer(blank: 3)))
    let table = try card(
      #""inputs": {"row": {"kind": "table", "columns": [{"name": "age", "mean": 40, "std": 10}, {"name": "x"}]}}"#
    )
    #expect(
      table.form
        == .table([Column(name: "age", mean: 40, std: 10), Column(name: "x", mean: 0, std: 1)]))
    #expect(throws: UnsuitedNetwork.takes("row")) { try table.input }
  }

  @Test(arguments: [
    (#""input": {"kind": "tokens", "tokenizer": "words"}"#, "numbers"),
    (#""input": {"kind": "tokens", "tokenizer": "numbers", "blank": -1}"#, "0 or more"),
    (#""input": {"kind": "tokens", "tokenizer": "numbers", "blnk": 1}"#, "blank"),
    (#""input": {"kind": "table", "columns": []}"#, "one or more"),
    (#""input": {"kind": "table", "columns": [{"name": "a", "std": 0}]}"#, "more than 0"),
    (#""input": {"kind": "sound"}"#, "image"),
    (#""inputs": {}"#, "an entry"),
    (#""inputs": {"a": {"kind": "table", "columns": [{"name": "a"}]}}, "input": {}"#, "only one"),
  ])
  func `what a card cannot say of its input is refused with what it can`(
    input: String, hint: String
  ) throws {
    do {
      let found = try card(input)
      Issue.record("\(input) was read as \(found.form)")
    } catch let error as CardError {
      #expect(error.description.contains(hint), "\(error)")
    }
  }

  @Test func `cards of tokens and columns are read as they were written`() throws {
    let folder = try References.temporaryFolder()
    for form in [
      InputForm.tokens(NumberTokenizer(blank: 2)), .table([Column(name: "a", mean: 1, std: 2)]),
    ] {
      let path = folder.appending(path: "written.json").path
      let card = Card(task: .classification, output: .logits, labels: .list(["a"]), form: form)
      try card.write(to: path)
      #expect(try Card(contentsOf: path) == card)
    }
  }

  @Test func `features know their neighbours`() {
    let plane = Features.pixels(height: 2, width: 3)
    #expect(plane.count == 6)
    #expect(plane.neighbours(of: 0) == [1, 3])
    #expect(plane.neighbours(of: 4) == [1, 3, 5])
    #expect(Features.tokens(["a", "b", "c"]).neighbours(of: 1) == [0, 2])
    #expect(Features.tokens(["a", "b", "c"]).neighbours(of: 2) == [1])
    #expect(Features.columns(["a", "b"]).neighbours(of: 0) == [])
  }

  @Test func `an input keeps some features, and the rest is what lies behind`() throws {
    let kept = try Tensor([1, 0] as [Float], shape: [1, 2])
    let row = try Features.columns(["a", "b"]).inputs(
      keeping: kept, of: Tensor([3, 4] as [Float], shape: [1, 2]),
      over: Tensor([-1, -2] as [Float], shape: [1, 2]))
    #expect(try row.floats() == [3, -2])
    let text = try Features.tokens(["a", "b"]).inputs(
      keeping: kept, of: Tensor([1, 2, 3, 4] as [Float], shape: [1, 2, 2]),
      over: Tensor([9, 8, 7, 6] as [Float], shape: [1, 2, 2]))
    #expect(try text.floats() == [1, 2, 7, 6])
    let picture = try Features.pixels(height: 1, width: 2).inputs(
      keeping: kept.reshaped([1, 1, 2]), of: Tensor([1, 2, 3, 4] as [Float], shape: [1, 2, 1, 2]),
      over: Tensor([9, 8, 7, 6] as [Float], shape: [1, 2, 1, 2]))
    #expect(try picture.floats() == [1, 8, 3, 6])
  }

  @Test func `normalisation and its inverse undo each other on every rank`() throws {
    let normalisation = Normalisation(mean: [0.5, 2], std: [0.25, 4])
    for shape in [[3, 2], [1, 2, 3], [2, 2, 1, 3]] {
      let numbers = try Tensor(
        (0..<shape.reduce(1, *)).map { Float($0) / 4 }, shape: shape)
      let applied = try normalisation.applied(to: numbers)
      expectClose(
        try normalisation.undone(from: applied).floats(), try numbers.floats(), within: 1e-6)
    }
    #expect(
      try normalisation.applied(to: Tensor([1, 6] as [Float], shape: [1, 2])).floats() == [2, 1])
  }

  @Test func `numbers of tokens are read, and what is none is named`() throws {
    let tokenizer = NumberTokenizer()
    #expect(try tokenizer.tokens(of: " 12,7 99\n").map(\.number) == [12, 7, 99])
    #expect(throws: InputError.notNumber("seven", of: "token")) {
      try tokenizer.tokens(of: "12 seven")
    }
    #expect(throws: InputError.notNumber("-1", of: "token")) { try tokenizer.tokens(of: "-1") }
    #expect(throws: InputError.nothing("token")) { try tokenizer.tokens(of: "  ") }
  }
}
