internal import Files
internal import Foundation
internal import Networks
internal import Sessions

/// What each network answers about each picture of the folder: its document, the likeliest classes.
///
/// The first who asks begins the work, which goes on in the background a picture at a time, on one thread, for one
/// network after another, and stands back whenever a person waits for an answer.
actor FolderDocuments {
  /// A class of a document.
  struct Class: Encodable, Hashable, Sendable {
    let index: Int
    let probability: Float
  }

  struct Row: Encodable, Sendable {
    /// What the page calls the picture.
    let input: String
    /// Likeliest first.
    let classes: [Class]
  }

  enum State: String, Encodable, Sendable { case idle, working, done }

  /// How far the work of a network has come, and some of what was found.
  struct Report: Encodable, Sendable {
    let state: State
    let completed: Int
    let total: Int
    /// How many of those that are completed cannot be read.
    let failed: Int
    let rows: [Row]
  }

  private struct Book {
    var state = State.idle
    var completed = 0
    /// In the order in which they were found.
    var rows: [Row] = []
    /// By the picture's place in the folder: the stamp of its file, and its row, if it could be read.
    var known: [Int: (stamp: String, row: Int?)] = [:]
    var checked: ContinuousClock.Instant?
  }

  /// The most classes of a document.
  static let most = 10
  /// The most rows of one reply.
  static let mostRows = 5_000
  /// A class that is less likely is in a document only to tell by how much the likeliest leads.
  private static let leastProbability: Float = 0.0005

  private let folder: PictureFolder
  /// Those that answer by classes.
  private let networks: [Int: NetworkChoice]
  private let session: Session
  private let isBusy: @Sendable () async -> Bool
  private var books: [Int: Book] = [:]
  private var queue: [Int] = []
  private var job: Job<Predict.Answer>?
  private var isStopped = false

  /// - Parameter isBusy: Whether a person waits for an answer.
  init(
    of folder: PictureFolder, by networks: [Int: NetworkChoice], in session: Session,
    standingBackWhile isBusy: @escaping @Sendable () async -> Bool
  ) {
    (self.folder, self.networks) = (folder, networks)
    var own = session
    own.keepsInputs = false
    self.session = own
    self.isBusy = isBusy
  }

  /// How far a network has come, and its rows from one on; begins the work, or looks for files that have changed.
  func report(of network: Int, from first: Int = 0) -> Report {
    begin(network)
    let book = books[network] ?? Book()
    let rows = book.rows.dropFirst(first).prefix(Self.mostRows)
    return Report(
      state: book.state, completed: book.completed, total: folder.names.count,
      failed: book.known.values.count { $0.row == nil }, rows: Array(rows))
  }

  /// What is known of the folder's pictures, by their places.
  func documents(of network: Int) -> [Int: [Class]] {
    begin(network)
    let book = books[network] ?? Book()
    return book.known.compactMapValues { $0.row.map { row in book.rows[row].classes } }
  }

  /// Ends all work, for the server stops.
  func cancel() {
    isStopped = true
    queue = []
    job?.cancel()
  }

  private func begin(_ network: Int) {
    let book = books[network] ?? Book()
    let isFresh = book.checked.map { .now - $0 < .seconds(5) } ?? false
    guard !isStopped, networks[network] != nil, book.state != .working, !isFresh
    else { return }
    if book.state == .idle { books[network, default: Book()].state = .working }
    books[network, default: Book()].checked = .now
    queue.append(network)
    if queue.count == 1 { Task(priority: .background) { await work() } }
  }

  private func work() async {
    while let network = queue.first {
      await read(network)
      if isStopped { return }
      books[network]?.state = .done
      books[network]?.checked = .now
      queue.removeFirst()
    }
  }

  /// Goes through the pictures whose files are not what they were.
  private func read(_ network: Int) async {
    let known = books[network]?.known.mapValues(\.stamp) ?? [:]
    let open =
      (try? await Blocking.run { [folder] in
        folder.names.indices.compactMap { place -> (place: Int, path: String?, stamp: String)? in
          let path = try? folder.path(place)
          let stamp = path.map(FileStamp.of) ?? "outside"
          return known[place] == stamp ? nil : (place, path, stamp)
        }
      }) ?? []
    if open.isEmpty { return }
    books[network]?.state = .working
    books[network]?.completed = folder.names.count - open.count
    for (place, path, stamp) in open {
      while await isBusy() { try? await Task.sleep(for: .milliseconds(30)) }
      if isStopped { return }
      var document: [Class]?
      if let path { document = await classes(of: path, by: network) }
      note(document, of: place, stamp, by: network)
    }
  }

  /// The document of a picture; nothing where it cannot be read.
  private func classes(of path: String, by network: Int) async -> [Class]? {
    guard let choice = networks[network] else { return nil }
    var predict = Predict()
    (predict.pictures, predict.network, predict.top) = ([path], choice, Self.most)
    predict.network.threads = 1
    let job = session.run(predict)
    self.job = job
    defer { self.job = nil }
    guard let row = try? await job.answer.rows.first else { return nil }
    let classes = row.top.map { Class(index: $0.index, probability: $0.probability) }
    return classes.enumerated().filter {
      $0.offset < 2 || $0.element.probability >= Self.leastProbability
    }.map(\.element)
  }

  private func note(_ classes: [Class]?, of place: Int, _ stamp: String, by network: Int) {
    guard !isStopped else { return }
    let row = Row(input: folder.id(place), classes: classes ?? [])
    // In place, for a copy of all rows at each picture would be quadratic.
    if let number = books[network]?.known[place]?.row {
      books[network]?.rows[number] = row
      books[network]?.known[place] = (stamp, classes == nil ? nil : number)
    } else {
      let next = classes == nil ? nil : books[network]?.rows.count
      books[network]?.known[place] = (stamp, next)
      if classes != nil { books[network]?.rows.append(row) }
    }
    books[network]?.completed += 1
  }
}
