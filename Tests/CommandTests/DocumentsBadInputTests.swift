import Foundation
import Networks
import TestSupport
import Testing

/// What is wrong with pictures, lists, networks and words is one sentence, and nothing is left behind.
@Suite struct DocumentsBadInputTests {
  func refused(
    _ run: Command, _ status: Int32, _ place: DocumentsPlace, saying parts: String...,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    #expect(run.status == status, "\(run.messages)", sourceLocation: sourceLocation)
    for part in parts {
      #expect(
        run.messages.contains(part), "“\(part)” is not in \(run.messages)",
        sourceLocation: sourceLocation)
    }
    #expect(run.output.isEmpty, sourceLocation: sourceLocation)
    let left = try place.place.left.filter { $0.hasPrefix("docs") }
    #expect(left.isEmpty, "\(left)", sourceLocation: sourceLocation)
  }

  @Test func `pictures that cannot be read are named, counted and left out`() throws {
    let place = try DocumentsPlace(pictures: 12)
    #expect(try place.run("photos", "--batch", "4", "-o", "all.txt.gz").status == 0)
    try place.place.write("photos/003.png", "no picture")
    try Data().write(to: place.place.folder.appending(path: "photos/deeper/005.png"))
    let run = try place.run("photos", "--batch", "4", "--json")
    #expect(run.status == 65)
    for part in ["003.png", "005.png", "Error: 2 of 12 pictures"] {
      #expect(run.messages.contains(part), "\(run.messages)")
    }
    #expect(run.output.contains("\"failed\" : 2") && run.output.contains("\"documents\" : 10"))
    // In order of paths these two were the third and the eleventh.
    var expected = try place.lines("all.txt.gz")
    expected.remove(at: 10 - 1)
    expected.remove(at: 2)
    let names = try FileManager.default.subpathsOfDirectory(atPath: place.place.path("photos"))
      .filter { $0.hasSuffix(".png") }.sorted()
    #expect(names[2] == "003.png" && names[9] == "deeper/005.png")
    #expect(try place.lines() == expected)
  }

  @Test func `what is neither a folder nor a list`() throws {
    let place = try DocumentsPlace(pictures: 2)
    try place.place.write("empty.txt", "# nothing\n\n")
    try place.place.write("lost.txt", "one.jpg\ntwo.jpg\n")
    try FileManager.default.createDirectory(
      atPath: place.place.path("bare"), withIntermediateDirectories: true)
    try refused(place.run("photo.png"), 65, place, saying: "photo.png is one picture")
    try refused(place.run("none"), 65, place, saying: "none does not exist;")
    try refused(
      place.run("toy.pt2"), 65, place, saying: "toy.pt2 is neither a folder of pictures nor a list")
    try refused(place.run("empty.txt"), 65, place, saying: "lists no pictures")
    try refused(place.run("lost.txt"), 65, place, saying: "listed in lost.txt is there", "one.jpg")
    try refused(place.run("bare"), 65, place, saying: "bare holds no pictures")
  }

  @Test(arguments: [1, 3])
  func `where no picture can be read nothing is written`(count: Int) throws {
    let place = try DocumentsPlace(pictures: count)
    let files = FileManager.default.enumerator(atPath: place.place.path("photos"))
    for case let name as String in try #require(files) where name.hasSuffix(".png") {
      try place.place.write("photos/\(name)", "no picture")
    }
    let saying = count == 1 ? "the only picture could not" : "none of the 3 pictures could"
    for name in ["docs.txt", "docs.txt.gz"] {
      try refused(place.run("photos", "-o", name), 65, place, saying: saying, "nothing was written")
    }
  }

  @Test func `one document and one class are told as such`() throws {
    let place = try DocumentsPlace(pictures: 1)
    let run = try place.run("photos", "--at-most", "1")
    #expect(run.output.contains("1 document of 1.00 classes on average, 1 class in all"))
  }

  @Test func `words that mean nothing`() throws {
    let place = try DocumentsPlace(pictures: 9)
    for (words, saying) in [
      (["--mass", "1"], "--mass"), (["--mass", "nan"], "--mass"),
      (["--at-most", "0"], "--at-most"), (["--batch", "0"], "--batch"),
      (["--shard", "1/2", "-o", "part.txt"], "part.txt could not say which shard"),
      (["--shard", "3/2"], "3/2"), (["--shard", "1/3"], "at most 2"),
      (["-o", "none/docs.txt.gz"], "none"),
    ] {
      let out = words[0] == "-o" ? [] : ["-o", "docs.txt.gz"]
      let run = try Command(
        ["documents", "photos", "--model", "toy.pt2"] + out + words, in: place.place.folder)
      try refused(run, 64, place, saying: saying)
    }
  }

  @Test func `documents that are there already`() throws {
    let place = try DocumentsPlace(pictures: 3)
    try place.place.write("there.txt.gz", "mine")
    let run = try place.run("photos", "-o", "there.txt.gz")
    #expect(run.status == 64 && run.messages.contains("--force"), "\(run.messages)")
    #expect(try place.bytes("there.txt.gz") == Array("mine".utf8))
    #expect(try place.place.left == ["photos", "there.txt.gz"])
    #expect(try place.run("photos", "-o", "there.txt.gz", "--force").status == 0)
    #expect(try place.lines("there.txt.gz").count == 3)
  }

  @Test func `a regression, and answers that are no numbers`() throws {
    let place = try DocumentsPlace(pictures: 3)
    try ToyNetworks.pooled(
      kernels: [1, -2, .nan], biases: [0.1, 1, 0], head: [[1, 2, -1], [0.5, -1, 3], [2, 0, 1]],
      height: 4, width: 6
    ).write(to: place.place.path("toy.pt2"))
    try refused(place.run("photos"), 65, place, saying: "000.png", "NaN")
    try ToyNetworks.pooled(
      kernels: [1, -2], biases: [0.1, 1], head: [[0.5, 0.25]], height: 4, width: 6
    ).write(to: place.place.path("toy.pt2"))
    var card = ToyNetworks.card(height: 4, width: 6, labels: [])
    card.task = .regression
    card.output = .value
    card.labels = nil
    try card.write(to: place.place.path("toy.json"))
    try refused(place.run("photos"), 64, place, saying: "regression", "name a classifier")
  }
}
