/// An error in our own words: one sentence for people, and a kind that the exit status follows from.
///
/// Every error type of every module is one, so nothing else needs to know them all. The sentence
/// says what was wrong, where, and what to do.
public protocol Fault: Error, CustomStringConvertible {
  /// Whose the fault is.
  var kind: FaultKind { get }
  /// Lines to fill in that would set it right, such as a card; `nil` where there are none.
  var template: String? { get }
}

extension Fault {
  /// There are no lines to fill in.
  public var template: String? { nil }
}

/// Whose a fault is; the raw value is the exit status, as `sysexits.h` numbers them.
public enum FaultKind: Int32, Hashable, Sendable, CaseIterable {
  /// The command's: what is asked cannot be, or would destroy something.
  case usage = 64
  /// The data's: a file does not hold what it should, or is not there to be read.
  case data = 65
  /// Rather's own.
  case defect = 70
  /// The machine's: a disk is full, a folder is not writable, nobody takes the output.
  case io = 74
}
