import Foundation
import Tensors

/// What a confined process may and may not do.
struct Attempts: Sendable {
  let allowed: String
  let forbidden: String
  let arranged: String
  private let mainThread = pthread_self()

  init(allowed: String, forbidden: String, arranged: String) {
    (self.allowed, self.forbidden, self.arranged) = (allowed, forbidden, arranged)
  }

  /// Tries everything on the calling thread.
  func run(_ thread: String) {
    tell(thread, "write where allowed", writes(to: "\(allowed)/by-\(thread)"))
    tell(thread, "write elsewhere", writes(to: "\(forbidden)/by-\(thread)"))
    tell(thread, "write over a file", writes(to: "\(forbidden)/precious"))
    tell(thread, "truncate a file", truncate("\(forbidden)/precious", 0) == 0)
    tell(thread, "remove a file", unlink("\(forbidden)/precious") == 0)
    tell(thread, "make a folder", mkdir("\(forbidden)/folder-\(thread)", 0o700) == 0)
    tell(thread, "move a file", rename("\(forbidden)/precious", "\(allowed)/stolen") == 0)
    tell(thread, "map a file by an operator", mapsByOperator("\(forbidden)/mapped-\(thread)"))
    tell(thread, "execute a program", executes())
    tell(thread, "read a file", open("\(forbidden)/precious", O_RDONLY) >= 0)
    tell(thread, "open the terminal", opens("/dev/tty") || opens("/dev/pts/ptmx"))
    tell(thread, "write to its own file", writes(to: "\(arranged)/own"))
    tell(
      thread, "move a file where files are moved",
      rename("\(arranged)/moved-0", "\(arranged)/moved-1") == 0
        && rename("\(arranged)/moved-1", "\(arranged)/moved-0") == 0)
    tell(thread, "write over a neighbour", writes(to: "\(arranged)/precious"))
    tell(thread, "write a new neighbour", writes(to: "\(arranged)/new-\(thread)"))
    tell(thread, "move a neighbour out", rename("\(arranged)/precious", "\(allowed)/stolen") == 0)
    tell(thread, "move a file in", rename("\(allowed)/by-\(thread)", "\(arranged)/planted") == 0)
  }

  /// Tries everything on threads of OpenMP, through the function that compilers call.
  func runByOpenMP() throws {
    typealias Body = @convention(c) (UnsafeMutableRawPointer?) -> Void
    typealias Parallel =
      @convention(c) (Body, UnsafeMutableRawPointer?, CUnsignedInt, CUnsignedInt) -> Void
    guard let symbol = dlsym(nil, "GOMP_parallel") else {
      print("openmp: there is none")
      return
    }
    var shared = self
    let parallel = unsafeBitCast(symbol, to: Parallel.self)
    withUnsafeMutablePointer(to: &shared) { pointer in
      parallel(
        { data in
          guard let attempts = data?.assumingMemoryBound(to: Attempts.self).pointee,
            pthread_self() != attempts.mainThread
          else { return }
          attempts.run("openmp")
        }, UnsafeMutableRawPointer(pointer), 2, 0)
    }
  }

  private func tell(_ thread: String, _ what: String, _ succeeded: Bool) {
    print("\(thread): \(what): \(succeeded ? "done" : "refused")")
  }

  private func writes(to path: String) -> Bool {
    let file = open(path, O_WRONLY | O_CREAT, 0o600)
    guard file >= 0 else { return false }
    close(file)
    return true
  }

  private func opens(_ path: String) -> Bool {
    let file = open(path, O_WRONLY | O_NOCTTY)
    guard file >= 0 else { return false }
    close(file)
    return true
  }

  /// The operator that a hostile network would call, without the list in its way.
  private func mapsByOperator(_ path: String) -> Bool {
    let call = try? Operator("aten::from_file")([
      ("filename", .string(path)), ("shared", .bool(true)), ("size", .int(50)),
    ])
    return call != nil
  }

  private func executes() -> Bool {
    var process = pid_t()
    var words: [UnsafeMutablePointer<CChar>?] = [strdup("/bin/true"), nil]
    defer { free(words[0]) }
    guard posix_spawn(&process, "/bin/true", nil, nil, &words, environ) == 0 else { return false }
    var status: Int32 = 0
    waitpid(process, &status, 0)
    return status == 0
  }
}
