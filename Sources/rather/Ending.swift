public import ArgumentParser
import Files
import Foundation
public import Terms

/// How the process ends; the status follows from what kind of fault it met.
enum Ending {
  /// From here on a library that ends the process, as OpenMP's does where the system refuses threads, has a
  /// sentence of ours behind its own words.
  static func answerForLibraries() {
    atexit {
      UnfinishedFiles.removeEmptyPlaces()
      Console.message(
        "Error: a library that Rather computes with ended the process, for the reason above; where the "
          + "system refuses threads, allow it more of them, or set OMP_NUM_THREADS=1")
      _exit(FaultKind.defect.rawValue)
    }
  }

  /// Ends the process without taking libtorch down operator by operator: nobody waits for it, and threads that
  /// still compute, as where a reader of the output went away, would fall over what is gone.
  private static func leave(_ status: Int32) -> Never {
    fflush(nil)
    _exit(status)
  }

  /// Ends a process that is done.
  static func end() -> Never {
    StatusLine.shared.end()
    UnfinishedFiles.removeEmptyPlaces()
    leave(0)
  }

  /// Ends a process whose command line could not be read, or only asked for help.
  ///
  /// The argument parser has words and statuses for what it finds; what an option's own check
  /// throws is inside of its error, and comes out as a sentence only.
  static func end(parsing error: any Error) -> Never {
    if let sentence = misspeltCommand {
      Console.message("Error: \(sentence)")
      leave(FaultKind.usage.rawValue)
    }
    guard Rather.exitCode(for: error) == .failure else { endAsTheParser(error) }
    Console.message("Error: \(Rather.message(for: error))")
    leave(FaultKind.usage.rawValue)
  }

  /// What is said of a first word that is no command, where the parser would only count words; `nil` for one
  /// that is, or for an option.
  private static var misspeltCommand: String? {
    guard let word = CommandLine.arguments.dropFirst().first, !word.hasPrefix("-") else {
      return nil
    }
    let names = Rather.configuration.subcommands.map { $0._commandName } + ["help"]
    if names.contains(word) { return nil }
    let nearest = NearestNames.of(word, in: names)
    return "there is no command “\(VisibleText.of(word))”; "
      + (nearest.isEmpty
        ? "`rather --help` lists them" : "did you mean \(nearest.joined(separator: ", "))?")
  }

  /// Prints what the argument parser has to say, where it would print it, and exits with its status.
  ///
  /// It repeats words of the command line as they are, which may move a terminal's cursor or fake lines.
  private static func endAsTheParser(_ error: any Error) -> Never {
    let code = Rather.exitCode(for: error)
    var text = Rather.fullMessage(for: error)
    for word in CommandLine.arguments.flatMap({ [$0] + $0.split(separator: "=").map(String.init) })
    {
      let shown = VisibleText.of(word)
      if shown != word { text = text.replacing(word, with: shown) }
    }
    text = VisibleText.of(text, keepingLines: true)
    if text.isEmpty { leave(code.rawValue) }
    if code == .success { Console.show(text: text) } else { Console.write(text + "\n") }
    leave(code.rawValue)
  }

  /// Prints an error and exits with its status.
  static func end(with error: any Error) -> Never {
    StatusLine.shared.end()
    UnfinishedFiles.removeAll()
    let isOfTheParser = !(error is any Fault) && Rather.exitCode(for: error) != .failure
    // A command that only shows help throws it.
    if isOfTheParser { endAsTheParser(error) }
    let fault = error as? any Fault ?? ForeignFault(error)
    Console.error(fault)
    leave(fault.kind.rawValue)
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
  var verb = "read"

  var kind: FaultKind { .data }

  var description: String { "\(failed) of \(Counted.text(total, "picture")) could not be \(verb)" }
}
