import Foundation
import TestSupport
import Testing

/// The page's modules say in their comments what they take and give; TypeScript holds them to it.
@Suite struct ServePageTypeTests {
  private static let compiler = "/usr/bin/tsc"

  @Test(
    .enabled(
      if: FileManager.default.isExecutableFile(atPath: compiler),
      "TypeScript (node-typescript) is not installed"))
  func `the page's modules are what their comments say`() throws {
    let process = Process()
    process.executableURL = URL(filePath: Self.compiler)
    // The file tsconfig.json says which modules, and how strictly.
    process.arguments = ["--project", References.package.path]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let found = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(String(decoding: found, as: UTF8.self))")
  }
}
