public import ArgumentParser
import Foundation
public import Terms

/// How the process ends; the status follows from what kind of fault it met.
enum Ending {
  /// Ends the process without taking libtorch down operator by operator, which nobody waits for.
  static func end() -> Never {
    StatusLine.shared.end()
    _exit(0)
  }

  /// Ends a process whose command line could not be read, or only asked for help.
  ///
  /// The argument parser has words and statuses for what it finds; what an option's own check
  /// throws is inside of its error, and comes out as a sentence only.
  static func end(parsing error: any Error) -> Never {
    guard Rather.exitCode(for: error) == .failure else { Rather.exit(withError: error) }
    Console.message("Error: \(Rather.message(for: error))")
    exit(FaultKind.usage.rawValue)
  }

  /// Prints an error and exits with its status.
  static func end(with error: any Error) -> Never {
    StatusLine.shared.end()
    let isOfTheParser = !(error is any Fault) && Rather.exitCode(for: error) != .failure
    // A command that only shows help throws it.
    if isOfTheParser { Rather.exit(withError: error) }
    let fault = error as? any Fault ?? ForeignFault(error)
    Console.error(fault)
    exit(fault.kind.rawValue)
  }
}

/// What the command itself finds wrong with its options; those found while reading the command line
/// come with the command's usage.
extension ValidationError: Fault {
  /// Whose the fault is.
  public var kind: FaultKind { .usage }
}

/// Some of several files failed; each was reported when it did.
struct PartlyFailed: Fault {
  let failed: Int
  let total: Int

  var kind: FaultKind { .data }

  var description: String { "\(failed) of \(total) pictures could not be read" }
}
