public import Contrast
internal import Foundation
public import Terms

/// What can be wrong with a run of evaluation.
public enum EvaluationError: Hashable, Sendable {
  /// The folder holds no run, or what it holds cannot be read as one.
  case notARun(String)
  /// Something else than a folder of a run is there.
  case notAFolder(String)
  /// The folder holds other things and no run.
  case otherFolder(String)
  /// A newer Rather wrote it.
  case newerRun(String)
  /// It was measured otherwise, and how that differs from what is asked.
  case otherRun(String, differences: [String])
  /// It holds an explainer of this name with other settings.
  case otherExplainer(String, run: String, differences: [String])
  /// Another process is at work on it.
  case busy(String)
  /// A picture of this name has been measured, and was another file.
  case otherPicture(String, run: String)
  /// The network answers otherwise for a picture than when the run was begun.
  case otherAnswer(String, run: String)
  /// The network's answer for a picture, or a map of it, is no number.
  case notFinite(String)
  /// An explainer answered, and not about a class that it was asked about.
  case noMap(of: String, by: Scheme)
  /// The network's answers are no classes.
  case regression
  /// The same explainer is asked for twice.
  case repeated(String)
  /// The file of records cannot be read or written.
  case records(String, reason: String)
  /// The machine refuses to write the file of records.
  case unwritable(String, reason: String)
  /// The folder was taken away while it was being written to.
  case removed(String)
}

extension EvaluationError: Fault {
  /// Whose the fault is.
  public var kind: FaultKind {
    switch self {
    case .notARun, .newerRun, .otherPicture, .otherAnswer, .notFinite, .records: .data
    case .unwritable, .removed: .io
    default: .usage
    }
  }

  /// One sentence that says what was wrong and what to do.
  public var description: String {
    switch self {
    case .notARun, .notAFolder, .otherFolder, .newerRun, .busy, .records, .unwritable, .removed:
      folderDescription
    case .otherRun, .otherExplainer, .otherPicture, .otherAnswer, .notFinite, .noMap, .regression,
      .repeated:
      workDescription
    }
  }

  private var folderDescription: String {
    switch self {
    case .notARun(let path): "\(path) holds no run of rather evaluate"
    case .notAFolder(let path):
      "\(path) is not a folder, and a run is a folder of records; name another with --output"
    case .otherFolder(let path):
      "the folder \(path) is not empty and holds no run; name another with --output"
    case .newerRun(let path): "\(path) was written by a newer Rather; use that one"
    case .busy(let path):
      "another process is at work on \(path); wait for it, or name another --output"
    case .records(let path, let reason): "the records \(path) cannot be used: \(reason)"
    case .unwritable(let path, let reason):
      "the records \(path) cannot be written; \(reason); make room, or check the "
        + "permissions, and run the same command again: what is done is kept"
    case .removed(let path):
      "\(path), or the records in it, was removed while they were being written, and what was measured is lost; "
        + "run the same command again"
    default: ""
    }
  }

  private var workDescription: String {
    switch self {
    case .otherRun(let path, let differences):
      "\(path) was measured differently (\(differences.joined(separator: "; "))); ask for the same, "
        + "or name another --output"
    case .otherExplainer(let name, let run, let differences):
      "\(run) holds \(name) with other settings (\(differences.joined(separator: "; "))), and tables "
        + "could not tell the two apart; ask for the same, or name another --output"
    case .otherPicture(let name, let run):
      "\(name) is not the picture of that name that \(run) holds; give it another name, or name "
        + "another --output"
    case .otherAnswer(let name, let run):
      "the network answers differently for \(name) than when \(run) was begun, "
        + "perhaps on another machine or with another libtorch; go on there, or name "
        + "another --output"
    case .notFinite(let name):
      "what the network answers for \(name), or a map of it, holds infinities or NaN; leave the "
        + "picture or the explainer out"
    case .noMap(let label, let scheme):
      "the scheme \(scheme.rawValue) gave no map of \(label), which was asked for: a defect of Rather"
    case .regression:
      "the network's card says regression, and maps are measured on the probabilities of classes; "
        + "name a classifier"
    case .repeated(let name): "\(name) is named twice; name each once"
    default: ""
    }
  }
}
