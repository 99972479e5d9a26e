internal import Foundation

/// An error of another library, which has a sentence of ours before its own words.
///
/// It is for those that no module expected; where one can be expected, the module says more.
package struct ForeignFault: Fault {
  /// Whose the fault is, as far as the type of the error tells.
  package let kind: FaultKind
  /// One sentence of ours, then the other library's words.
  package let description: String

  /// Puts an error into words.
  package init(_ error: any Error) {
    switch error {
    case let error as CocoaError:
      let place = error.filePath ?? error.url?.relativePath
      kind = .io
      description =
        (place ?? "a file") + " could not be read or written; the system says: "
        + error.localizedDescription
    case is POSIXError:
      kind = .io
      description = "the system refused; it says: " + error.localizedDescription
    case DecodingError.dataCorrupted(let context), DecodingError.keyNotFound(_, let context),
      DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
      kind = .data
      description =
        "what was read is not of the form that it should have; the decoder says: "
        + context.debugDescription
    case EncodingError.invalidValue(_, let context):
      kind = .defect
      description =
        "an answer cannot be written as JSON, which is a defect of Rather; the encoder says: "
        + context.debugDescription
    default:
      kind = .defect
      description =
        "something failed that Rather has no words for, which is a defect of Rather; it says: "
        + String(describing: error)
    }
  }
}
