import Foundation
import TestSupport

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// A workbench that is open while a test asks it.
final class Served {
  /// What came back.
  struct Reply {
    let status: Int
    let headers: [String: String]
    let body: Data

    var text: String { String(decoding: body, as: UTF8.self) }
    func json() throws -> [String: Any] {
      try JSONSerialization.jsonObject(with: body) as? [String: Any] ?? [:]
    }
  }

  let process = Process()
  let folder: URL
  private(set) var address = ""
  /// What is shown with every request, where it needs one.
  var token: String?
  private let output = Pipe()

  /// Opens one, and waits for the line with its address.
  init(_ arguments: [String], in folder: URL) throws {
    self.folder = folder
    let temporary = folder.appending(path: "temporary")
    try FileManager.default.createDirectory(at: temporary, withIntermediateDirectories: true)
    process.executableURL = Command.binary
    process.arguments = ["serve", "--port", "0"] + arguments
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["TMPDIR": temporary.path]) { $1 }
    process.standardOutput = output
    process.standardError = try FileHandle(forWritingTo: Self.emptyFile(at: notePath))
    try process.run()
    let line = try line()
    address = line.hasSuffix("/") ? String(line.dropLast()) : line
  }

  /// The next line that it prints.
  func line() throws -> String {
    var line = ""
    while let byte = try output.fileHandleForReading.read(upToCount: 1), byte != Data("\n".utf8),
      !byte.isEmpty
    { line += String(decoding: byte, as: UTF8.self) }
    return line
  }

  deinit { if process.isRunning { process.terminate() } }

  private var notePath: URL { folder.appending(path: "notes.txt") }

  private static func emptyFile(at path: URL) throws -> URL {
    try Data().write(to: path)
    return path
  }

  /// What it has said on standard error, once it has ended.
  func notes() throws -> String {
    process.waitUntilExit()
    return try String(contentsOf: notePath, encoding: .utf8)
  }

  /// What it keeps for as long as it is open.
  var kept: [String] {
    (try? FileManager.default.contentsOfDirectory(
      atPath: folder.appending(path: "temporary").path)) ?? []
  }

  /// Asks it, and holds this thread until it has answered.
  func ask(
    _ path: String, _ method: String = "GET", body: Data? = nil, headers: [String: String] = [:],
    following: Bool = true
  ) throws -> Reply {
    var request = URLRequest(url: try url(path), timeoutInterval: 300)
    request.httpMethod = method
    request.httpBody = body
    if let token { request.setValue("Bearer " + token, forHTTPHeaderField: "Authorization") }
    for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
    let isOver = DispatchSemaphore(value: 0)
    let box = Box()
    let configuration = URLSessionConfiguration.ephemeral
    configuration.httpShouldSetCookies = false
    let session = URLSession(
      configuration: configuration, delegate: following ? nil : Staying(), delegateQueue: nil)
    defer { session.invalidateAndCancel() }
    session.dataTask(with: request) { data, response, error in
      box.result = (data, response as? HTTPURLResponse, error)
      isOver.signal()
    }.resume()
    isOver.wait()
    if let error = box.result.2 { throw error }
    let headers = (box.result.1?.allHeaderFields ?? [:]).reduce(into: [String: String]()) {
      $0["\($1.key)".lowercased()] = "\($1.value)"
    }
    return Reply(
      status: box.result.1?.statusCode ?? 0, headers: headers, body: box.result.0 ?? Data())
  }

  /// Asks by an object of JSON.
  func post(_ path: String, _ object: [String: Any]) throws -> Reply {
    try ask(path, "POST", body: JSONSerialization.data(withJSONObject: object))
  }

  /// Asks a question and waits for what becomes of it.
  func answer(_ object: [String: Any]) throws -> (id: String, facts: [String: Any]) {
    let asked = try post("/api/answers", object).json()
    guard let id = asked["id"] as? String else { throw Miscalled(asked: "\(asked)") }
    // Ends with the answer.
    _ = try ask("/api/answers/\(id)/events")
    return (id, try ask("/api/answers/\(id)").json())
  }

  /// The first of the pictures that can be asked about.
  func firstInput() throws -> String {
    let inputs = try ask("/api/inputs").json()["inputs"] as? [[String: Any]]
    guard let id = inputs?.first?["id"] as? String else {
      throw Miscalled(asked: "\(inputs ?? [])")
    }
    return id
  }

  struct Miscalled: Error { let asked: String }

  /// Sendable because it is read only after the semaphore.
  private final class Box: @unchecked Sendable {
    var result: (Data?, HTTPURLResponse?, (any Error)?) = (nil, nil, nil)
  }

  /// Takes an answer that leads elsewhere for the answer.
  private final class Staying: NSObject, URLSessionTaskDelegate {
    func urlSession(
      _ session: URLSession, task: URLSessionTask,
      willPerformHTTPRedirection response: HTTPURLResponse, newRequest request: URLRequest,
      completionHandler: @escaping (URLRequest?) -> Void
    ) { completionHandler(nil) }
  }

  private func url(_ path: String) throws -> URL {
    guard let url = URL(string: address + path) else { throw Miscalled(asked: path) }
    return url
  }
}
