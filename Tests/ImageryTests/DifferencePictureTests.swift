import Imagery
import Tensors
import Testing

/// Known answers.
@Suite struct DifferencePictureTests {
  /// Black, white, black.
  private func ground() throws -> Picture {
    try Picture(width: 3, height: 1, pixels: [0, 0, 0, 255, 255, 255, 0, 0, 0])
  }

  @Test func `what to add is red, what to take away blue, and the rest dimmed grey`() throws {
    let changes = try DifferencePicture(Tensor([0.5, 0, -0.5] as [Float], shape: [1, 1, 3]))
    #expect(changes.reach == 0.5)
    let drawn = try changes.over(ground(), reach: 0.5)
    #expect(drawn[0, 0] == DifferencePicture.added && drawn[2, 0] == DifferencePicture.taken)
    // 26 + 0.42 · 255 is 133.1.
    #expect(drawn[1, 0] == Color(red: 133, green: 133, blue: 133))
  }

  @Test func `half a change is half as strong, and more than the reach no stronger`() throws {
    let changes = try DifferencePicture(Tensor([0.5, 0, 3] as [Float], shape: [1, 3]))
    let drawn = try changes.over(ground(), reach: 1)
    // Halfway from the dimmed black, 26, to ff5540.
    #expect(drawn[0, 0] == Color(red: 141, green: 56, blue: 45))
    #expect(drawn[2, 0] == DifferencePicture.added)
  }

  @Test func `colours count by their mean over the channels`() throws {
    let changes = try DifferencePicture(
      Tensor([0.6, 0, 0, 0.3, 0, 0, -0.3, 0, 0] as [Float], shape: [3, 1, 3]))
    #expect(abs(changes.values[0] - 0.2) < 1e-6 && changes.values[1] == 0)
  }

  @Test func `no change at all is the dimmed picture`() throws {
    let changes = try DifferencePicture(Tensor([0, 0, 0] as [Float], shape: [1, 1, 3]))
    let drawn = try changes.over(ground(), reach: changes.reach)
    #expect(drawn[0, 0] == Color(red: 26, green: 26, blue: 26))
  }

  @Test func `what cannot be drawn is refused`() throws {
    #expect(throws: HeatMapError.notFinite("nan", x: 1, y: 0)) {
      try DifferencePicture(Tensor([0, .nan, 0] as [Float], shape: [1, 3]))
    }
    #expect(throws: PictureError.tensorShape([3])) {
      try DifferencePicture(Tensor([0, 1, 0] as [Float], shape: [3]))
    }
    let changes = try DifferencePicture(Tensor([0, 1] as [Float], shape: [1, 2]))
    #expect(throws: HeatMapError.valueCount(2, width: 3, height: 1)) {
      try changes.over(ground(), reach: 1)
    }
  }

  @Test func `an enlarged picture has a square for each pixel`() throws {
    let large = try ground().enlarged(by: 4)
    #expect(large.width == 12 && large.height == 4)
    for (x, red) in [(0, 0), (3, 0), (4, 255), (7, 255), (8, 0), (11, 0)] {
      #expect(large[x, 3]?.red == UInt8(red), "column \(x)")
    }
    #expect(try ground().enlarged(by: 1) == ground())
    #expect(throws: PictureError.self) { try ground().enlarged(by: .max) }
    for (side, factor) in [(28, 14), (32, 12), (64, 6), (224, 2), (300, 1), (4000, 1)] {
      let picture = try Picture(
        width: side, height: 1, filledWith: Color(red: 0, green: 0, blue: 0))
      #expect(picture.factorForEyes == factor, "\(side)")
    }
  }

  @Test func `an outline lies inside its rectangle`() throws {
    let plain = try Picture(width: 6, height: 6, filledWith: Color(red: 0, green: 0, blue: 0))
    let red = Color(red: 255, green: 0, blue: 0)
    let drawn = plain.outlined(x: 1, y: 2, width: 4, height: 4, thickness: 1, color: red)
    let rows = (0..<6).map { y in
      String((0..<6).map { x in drawn[x, y] == red ? "#" : "." })
    }
    #expect(rows == ["......", "......", ".####.", ".#..#.", ".#..#.", ".####."])
  }
}
