import Foundation
import Imagery
import TestSupport
import Testing

@testable import Workbench

/// The workbench, asked as its page asks it.
///
/// Kinds: known answers (those of the commands, byte for byte), bad input, and what others must not do.
@Suite struct ServeTests {
  private let place: ServePlace
  private var folder: URL { place.folder }

  init() throws {
    place = try ServePlace()
    try FileManager.default.createSymbolicLink(
      at: folder.appending(path: "photos/outside.png"),
      withDestinationURL: URL(filePath: "/etc/passwd"))
  }

  private func served(_ words: [String] = ["photos"]) throws -> Served { try place.served(words) }

  @Test func `the page comes with nothing from elsewhere, and may run nothing from elsewhere`()
    throws
  {
    let served = try served()
    let page = try served.ask("/")
    #expect(page.status == 200 && page.headers["content-type"] == "text/html; charset=utf-8")
    let policy = try #require(page.headers["content-security-policy"])
    #expect(policy == OriginGuard.policy && !policy.contains("unsafe"))
    #expect(page.headers["x-content-type-options"] == "nosniff")
    #expect(page.headers["referrer-policy"] == "no-referrer")
    for file in PageFile.all {
      let reply = try served.ask("/" + file.path)
      #expect(reply.status == 200 && reply.body == Data(file.body.bytes), "\(file.path)")
      // What is written in it as an address is only the name of SVG, which is no place.
      let addresses = reply.text.components(separatedBy: "http").dropFirst().map { $0.prefix(24) }
      #expect(addresses.allSatisfy { $0.hasPrefix("://www.w3.org/2000/svg") }, "\(addresses)")
    }
    #expect(PageFile.all.count > 5)
  }

  @Test func `an answer is that of the command that it names, byte for byte`() throws {
    let served = try served()
    let input = try served.firstInput()
    let (id, facts) = try served.answer([
      "input": input, "question": ["why": "cello", "ratherThan": "violin"],
    ])
    #expect(facts["state"] as? String == "done", "\(facts)")
    let command = try #require(facts["command"] as? String)
    #expect(
      command == "rather explain photos/a.png --model toy.pt2 --why cello --rather-than violin")
    try served.expectReport(of: id, isThatOf: command)
  }

  @Test func `a picture or a network that is written anew is asked anew`() throws {
    let served = try served()
    let question: [String: Any] = ["input": try served.firstInput(), "question": ["why": "cello"]]
    let first = try served.answer(question).id
    #expect(try served.answer(question).id == first)
    try place.draw("photos/a.png", 13)
    let second = try served.answer(question)
    #expect(second.id != first && second.facts["state"] as? String == "done")
    let card = folder.appending(path: "toy.json")
    try (String(contentsOf: card, encoding: .utf8) + " ").write(
      to: card, atomically: true, encoding: .utf8)
    #expect(try served.answer(question).id != second.id)
  }

  @Test func `the command says whatever was chosen`() throws {
    let served = try served()
    let (_, facts) = try served.answer([
      "input": try served.firstInput(), "seed": 3,
      "question": ["why": "cello", "ratherThan": "violin", "score": "finer", "finerStrength": 0.5],
      "method": ["explainer": "saliency", "reduction": "max-abs"],
    ])
    let command = try #require(facts["command"] as? String)
    for words in ["--score finer", "--finer-strength 0.5", "--reduce max-abs", "--seed 3"] {
      #expect(command.contains(words), "\(facts)")
    }
  }

  @Test func `maps come as the numbers of the report`() throws {
    let served = try served()
    let (id, facts) = try served.answer([
      "input": try served.firstInput(), "question": ["why": "0", "ratherThan": "1"],
    ])
    let map = try served.ask("/api/answers/\(id)/maps/why-cello-rather-than-violin")
    #expect(map.status == 200 && map.headers["x-map-height"] == "4")
    #expect(map.headers["x-map-width"] == "6" && map.body.count == 96)
    #expect(try served.ask("/api/answers/\(id)/maps/..%2Fmanifest").status == 404)
    let manifest = try #require(facts["manifest"] as? [String: Any])
    let maps = try #require(manifest["maps"] as? [[String: Any]])
    let each = try maps.map { one in
      let key = try #require(one["key"] as? String)
      return try served.ask("/api/answers/\(id)/maps/\(key)").body
    }
    let all = try served.ask("/api/answers/\(id)/maps")
    #expect(all.headers["x-map-sizes"] == each.map { _ in "4x6" }.joined(separator: " "))
    #expect(each.count == 4 && all.body == each.reduce(Data(), +))
    #expect(try served.ask("/api/answers/none/maps").status == 404)
  }

  @Test func `what is brought is kept under its checksum, whatever it is called`() throws {
    let served = try served([])
    let bytes = try Data(contentsOf: folder.appending(path: "photos/b.png"))
    let name = "..%2F..%2Fetc%2F%3Cimg%3E%00.png"
    let item = try served.ask("/api/inputs?name=\(name)", "POST", body: bytes).json()
    #expect(item["name"] as? String == "_.._etc__img__.png" && item["width"] as? Int == 12)
    let id = try #require(item["id"] as? String)
    let predicted = try served.post("/api/predict", ["input": id, "top": 2]).json()
    #expect((predicted["classes"] as? [Any])?.count == 2)
    #expect(
      (try served.ask("/api/inputs/\(id)/picture?side=16").body).prefix(4)
        == Data([0x89, 0x50, 0x4e, 0x47]))
    let (_, facts) = try served.answer(["input": id])
    #expect((facts["command"] as? String)?.hasPrefix("rather explain _.._etc__img__.png") == true)
  }

  @Test func `a photo comes back as the file that was brought, and other pictures as PNG`() throws {
    let served = try served([])
    let picture = try Picture(contentsOf: folder.appending(path: "photos/b.png").path)
    for (bytes, type) in [
      (try Data(picture.jpeg(quality: 90)), "image/jpeg"), (try Data(picture.png()), "image/png"),
    ] {
      let item = try served.ask("/api/inputs?name=photo", "POST", body: bytes).json()
      let id = try #require(item["id"] as? String)
      let shown = try served.ask("/api/inputs/\(id)/picture")
      #expect(shown.headers["content-type"] == type)
      #expect(type == "image/png" || shown.body == bytes)
      #expect(
        try served.ask("/api/inputs/\(id)/picture?side=16").headers["content-type"] == "image/png")
    }
  }

  @Test func `equal questions have one answer, and one that is turned away from ends`() throws {
    let served = try served()
    let input = try served.firstInput()
    let endless: [String: Any] = [
      "input": input, "method": ["explainer": "rise", "settings": "masks=10000000"],
    ]
    let first = try served.post("/api/answers", endless).json()
    let second = try served.post("/api/answers", endless).json()
    let id = try #require(first["id"] as? String)
    #expect(second["id"] as? String == id)
    func state() throws -> String? {
      try served.ask("/api/answers/\(id)").json()["state"] as? String
    }
    #expect(try served.ask("/api/answers/\(id)", "DELETE").status == 204)
    #expect(try state() == "working", "the other who asked still waits")
    #expect(try served.ask("/api/answers/\(id)", "DELETE").status == 204)
    let events = try served.ask("/api/answers/\(id)/events").text
    #expect(events.hasSuffix("event: cancelled\ndata: {}\n\n"))
    #expect(try state() == "cancelled")
  }

  @Test func `a question that is asked again while its work is ending is begun anew`() throws {
    let served = try served()
    let endless: [String: Any] = [
      "input": try served.firstInput(),
      "method": ["explainer": "rise", "settings": "masks=10000000"],
    ]
    let begun = try served.post("/api/answers?wait=500", endless).json()
    let id = try #require(begun["id"] as? String)
    #expect(try served.ask("/api/answers/\(id)", "DELETE").status == 204)
    let again = try served.post("/api/answers?wait=2000", endless).json()
    #expect(again["id"] as? String == id && again["state"] as? String == "working")
    #expect(try served.ask("/api/answers/\(id)", "DELETE").status == 204)
    #expect(try served.ask("/api/answers/\(id)/events").text.contains("event: cancelled"))
  }

  @Test func `what others send is refused`() throws {
    let served = try served()
    let input = try served.firstInput()
    let body = try JSONSerialization.data(withJSONObject: ["input": input])
    for (headers, status) in [
      (["Host": "evil.example"], 421), (["Host": "127.0.0.1.evil.example:80"], 421),
      (["Origin": "http://evil.example"], 403), (["Origin": "null"], 403),
      (["Sec-Fetch-Site": "cross-site"], 403), (["Sec-Fetch-Site": "same-site"], 403),
      (["Sec-Fetch-Site": "same-origin"], 200),
    ] {
      let reply = try served.ask("/api/predict", "POST", body: body, headers: headers)
      #expect(reply.status == status, "\(headers): \(reply.text)")
    }
    let image = ["Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"]
    #expect(try served.ask("/api/inputs/\(input)/picture", headers: image).status == 403)
  }

  @Test func `bad requests get a sentence, and no file is named by them`() throws {
    let served = try served()
    let input = try served.firstInput()
    let tries: [(String, [String: Any], Int, String)] = [
      ("/api/answers", ["input": "none"], 404, "no such input"),
      ("/api/answers", ["inputs": input], 400, "did you mean input?"),
      ("/api/answers", ["input": input, "network": 7], 404, "no network 7"),
      ("/api/answers", ["input": input, "whole": ["tree": true]], 400, "without a latent tree"),
      ("/api/answers", ["input": input, "kind": "train"], 400, "kind explain"),
      ("/api/answers", ["input": input, "method": ["explainer": "gradcam"]], 400, "grad-cam"),
      ("/api/predict", ["input": input, "top": 0], 400, "--top"),
    ]
    let files = [
      ("integrated-gradients", "baseline"), ("gradient-shap", "baselines"), ("lime", "fill"),
      ("rise", "fill"), ("occlusion", "baseline"), ("deeplift", "baseline"),
    ].map { explainer, key -> (String, [String: Any], Int, String) in
      let method = ["explainer": explainer, "settings": "\(key)=photos/a.png"]
      return ("/api/answers", ["input": input, "method": method], 400, "may not name a file")
    }
    for (path, object, status, words) in tries + files {
      let reply = try served.post(path, object)
      #expect(reply.status == status && reply.text.contains(words), "\(object): \(reply.text)")
      #expect(try reply.json()["error"] is String)
    }
    #expect(try served.ask("/api/predict", "POST", body: Data("{".utf8)).status == 400)
    #expect(try served.ask("/api/inputs", "POST", body: Data("no picture".utf8)).status == 422)
    let huge = Data(count: (32 << 20) + 1)
    #expect(try served.ask("/api/inputs", "POST", body: huge).status == 413)
    for path in [
      "/none", "/index.swift", "/..%2f..%2fetc/passwd", "/reports/0/index.html",
      "/reports/..%2f/toy.pt2", "/api/inputs/..%2fa/picture", "/api/answers/zz",
    ] {
      #expect(try served.ask(path).status == 404, "\(path)")
    }
    for (path, method) in [("/health", "POST"), ("/api/predict", "GET"), ("/api/answers", "PUT")] {
      #expect([404, 405].contains(try served.ask(path, method).status), "\(method) \(path)")
    }
  }

  @Test func `it lists pictures, and shows a link that leads to something else as one`() throws {
    let served = try served()
    let inputs = try served.ask("/api/inputs").json()["inputs"] as? [[String: Any]]
    #expect(inputs?.compactMap { $0["name"] as? String } == ["a.png", "b.png", "outside.png"])
    #expect(inputs?.map { $0["problem"] != nil } == [false, false, true])
    let network = try served.ask("/api/networks").json()["networks"] as? [[String: Any]]
    #expect(network?.first?["labels"] as? [String] == ["cello", "violin", "<b>viola</b>"])
  }

  #if os(Linux)
    @Test func `what is asked leaves nothing in memory`() throws {
      let served = try served()
      let input = try served.firstInput()
      func predict(_ count: Int) throws {
        for _ in 0..<count { _ = try served.post("/api/predict", ["input": input]) }
      }
      func kilobytes() throws -> Int {
        let status = try String(
          contentsOfFile: "/proc/\(served.process.processIdentifier)/status", encoding: .utf8)
        let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") })
        return try #require(line.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }.first)
      }
      try predict(150)
      let before = try kilobytes()
      try predict(300)
      // A stack of 64 kB for the handlers of each job's thread would be 19 MB.
      #expect(try kilobytes() - before < 8_000)
    }
  #endif

  @Test func `SIGTERM ends it at once, with work under way, and nothing is left`() throws {
    let served = try served()
    _ = try served.post(
      "/api/answers",
      [
        "input": try served.firstInput(),
        "method": ["explainer": "rise", "settings": "masks=10000000"],
      ])
    #expect(served.kept.count == 1)
    let start = Date()
    served.process.terminate()
    served.process.waitUntilExit()
    #expect(served.process.terminationStatus == 0)
    #expect(
      Date().timeIntervalSince(start) < 60, "five seconds are promised, on a machine of its own")
    #expect(served.kept.isEmpty, "\(served.kept)")
  }

  @Test func `a port that is taken, and a network that is none, end in a sentence`() throws {
    let served = try served()
    let port = try #require(served.address.split(separator: ":").last.map(String.init))
    let second = try Command(["serve", "--model", "toy.pt2", "--port", port], in: folder)
    #expect(
      second.status == 74 && second.messages.contains("another one open"), "\(second.messages)")
    let none = try Command(["serve", "--model", "photos/a.png", "--port", "0"], in: folder)
    #expect(none.status == 65 && none.messages.contains("photos/a.png"), "\(none.messages)")
    #expect(try Command(["serve"], in: folder).status == 64)
  }
}
