internal import Foundation

/// What of a file changes when its bytes do.
package enum FileStamp {
  /// A file's length, and when the system saw it change last, which no program sets; `none` where there is no file.
  package static func of(_ path: String) -> String {
    var facts = stat()
    guard stat(path, &facts) == 0 else { return "none" }
    #if os(Linux)
      let time = facts.st_ctim
    #else
      let time = facts.st_ctimespec
    #endif
    return "\(facts.st_size).\(time.tv_sec).\(time.tv_nsec)"
  }
}
