import Datasets
import Terms
import Testing

@Suite("Planted squares and choices of pictures: known answers, invariance, bad input")
struct PlantedSquareTests {
  /// Pictures of 4 × 5 whose every byte is the picture's number, of classes 0, 1, 2, 0, 1, 2, …
  static func set(count: Int, channels: Int = 1) throws -> PictureSet {
    try PictureSet(
      height: 4, width: 5, channels: channels,
      pixels: (0..<count).flatMap { Array(repeating: UInt8($0), count: 20 * channels) },
      labels: (0..<count).map { $0 % 3 }, classNames: ["a", "b", "c"])
  }

  @Test func `the square covers its rows and columns in every channel, and nothing else`() throws {
    let square = PlantedSquare(of: 1, side: 2, level: 200, top: 1, left: 3)
    let set = try square.planted(on: .own, of: Self.set(count: 2, channels: 3))
    let plane: [UInt8] = [
      1, 1, 1, 1, 1,
      1, 1, 1, 200, 200,
      1, 1, 1, 200, 200,
      1, 1, 1, 1, 1,
    ]
    #expect(Array(set.pixels(of: 1)) == plane + plane + plane)
    #expect(Array(set.pixels(of: 0)) == Array(repeating: 0, count: 60))
    #expect(set.labels == [0, 1])
  }

  @Test(
    arguments: zip(
      PlantedSquare.Recipients.allCases, [[1, 4], [0, 2, 3, 5], [0, 1, 2, 3, 4, 5]]))
  func `who gets the square`(recipients: PlantedSquare.Recipients, expected: [Int]) throws {
    let set = try PlantedSquare(of: 1, side: 2).planted(on: recipients, of: Self.set(count: 6))
    #expect((0..<6).filter { set.pixels(of: $0).first == 128 } == expected)
  }

  @Test func `a square that does not fit, or of no class, is refused`() throws {
    let set = try Self.set(count: 3)
    #expect(throws: DatasetError.squareTooLarge(side: 5, height: 4, width: 5)) {
      try PlantedSquare(of: 0, side: 5).planted(on: .all, of: set)
    }
    #expect(throws: DatasetError.squareTooLarge(side: 2, height: 4, width: 5)) {
      try PlantedSquare(of: 0, side: 2, top: 3).planted(on: .all, of: set)
    }
    #expect(throws: DatasetError.label(3, classes: 3)) {
      try PlantedSquare(of: 3, side: 2).planted(on: .all, of: set)
    }
  }

  @Test func `a class alone, and all but one`() throws {
    let set = try Self.set(count: 7)
    #expect(try set.only(0).pixels.filter { $0 > 0 }.count == 40, "pictures 3 and 6")
    #expect(try set.only(0).labels == [0, 0, 0])
    #expect(try set.without(0).labels == [1, 2, 1, 2])
    #expect(try set.without(0).classNames == ["a", "b", "c"])
  }

  /// The numbers of a set's pictures.
  static func numbers(_ set: PictureSet) -> [UInt8] {
    (0..<set.count).compactMap { set.pixels(of: $0).first }
  }

  @Test func `fewer of a class are some of the more, and the others all stay`() throws {
    let set = try Self.set(count: 60)
    let few = Self.numbers(try set.limiting(2, to: 3, seed: 5))
    let more = Self.numbers(try set.limiting(2, to: 9, seed: 5))
    #expect(few.count == 43)
    #expect(few == few.sorted(), "pictures keep their order")
    #expect(Set(few).isSubset(of: more))
    #expect(Self.numbers(try set.limiting(2, to: 0, seed: 5)) == Self.numbers(try set.without(2)))
    #expect(Self.numbers(try set.limiting(2, to: 99, seed: 5)) == Self.numbers(set))
    #expect(Self.numbers(try set.limiting(2, to: 3, seed: 6)) != few)
  }

  @Test func `a sample follows from its seed, and a smaller one is part of it`() throws {
    let set = try Self.set(count: 60)
    let few = Self.numbers(try set.sample(5, seed: 5))
    #expect(few.count == 5)
    #expect(Set(few).isSubset(of: Self.numbers(try set.sample(20, seed: 5))))
    #expect(Self.numbers(try set.sample(5, seed: 6)) != few)
  }
}
