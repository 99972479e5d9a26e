import Foundation
import TestSupport
import Testing

extension Served {
  /// Leads a browser through a script of `Tests/Reference`, and expects that its scenarios are those, in their order, and go well.
  func browse(by script: String, bringing picture: String, through scenarios: [String]) throws {
    var words = [address, folder.appending(path: picture).path]
    // A folder for a picture of each scenario, to look at.
    if let shots = ProcessInfo.processInfo.environment["RATHER_SHOTS"] { words.append(shots) }
    let lines = try References.run(script, words).split(separator: "\n").map(String.init)
    #expect(lines == scenarios.map { $0 + " ok" })
  }
}
