import Foundation
import TestSupport
import Testing

/// How the page cuts, merges and splits the latent tree, without a browser: `Tests/Reference/tree_functions.mjs` has the answers.
@Suite struct ServeTreeFunctionTests {
  private static let node = "/usr/bin/node"

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: node), "Node is not installed"))
  func `the page restricts, cuts, merges and splits any tree by the rules`() throws {
    let process = Process()
    process.executableURL = URL(filePath: Self.node)
    process.arguments = ["Tests/Reference/tree_functions.mjs", "Sources/Workbench/Page/tree.js"]
    process.currentDirectoryURL = References.package
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let found = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(String(decoding: found, as: UTF8.self) == "ok\n")
  }
}
