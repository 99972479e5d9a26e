import ArgumentParser
import Confusion
import Contrast
import Counterfactuals
import Datasets
import Documents
import Evaluation
import Faithfulness
import Files
import Foundation
import Imagery
import Networks
import Saliency
import Statistics
import Tensors
import Terms

/// How the process ends when something goes wrong.
enum Ending {
  /// Exit statuses, as `sysexits.h` numbers them.
  static let usage: Int32 = 64
  static let badData: Int32 = 65
  static let defect: Int32 = 70

  /// Ends the process without taking libtorch down operator by operator, which nobody waits for.
  static func end() -> Never {
    if fflush(nil) != 0 {
      Console.message("Error: standard output cannot be written: it is closed or full")
      _exit(usage)
    }
    _exit(0)
  }

  /// Prints an error and exits with its status.
  static func end(with error: any Error) -> Never {
    guard let status = status(of: error) else { Rather.exit(withError: error) }
    Console.message("Error: \(error)")
    exit(status)
  }

  /// The status of an error of the library; `nil` for those of the argument parser.
  private static func status(of error: any Error) -> Int32? {
    switch error {
    // Those found while reading the command line come with the command's usage.
    case is ValidationError: usage
    case is SettingError, is SampleError: usage
    case NetworkError.noRule, NetworkError.bfloat16: usage
    case is LabelError, is QuestionError, is InquiryError, is PartitionError, is CutError: usage
    case NetworkError.unknownLayer, NetworkError.notSpatial, NetworkError.noSpatialLayer,
      NetworkError.layerDoesNotReachOutput:
      usage
    case FileError.folderNotEmpty, FileError.exists, FileError.unwritable, NetworkError.unwritable:
      usage
    case CardError.missing, DatasetError.unknown, DatasetError.squareTooLarge: usage
    case CounterfactualError.codeDoesNotMatter: badData
    case GeneratorError.noCard, is CounterfactualError: usage
    case is NetworkError, is CardError, is PictureError, is FileError, is DatasetError,
      is HeatMapError, is PartlyFailed, is GeneratorError:
      badData
    case is StatisticsError, is ParquetError, is TableError: badData
    case let error as EvaluationError: error.isUsage ? usage : badData
    case FaithfulnessError.notFinite: badData
    case is FaithfulnessError: usage
    case let error as DocumentsError: error.isUsage ? usage : badData
    case ClusteringError.nothingTogether, ClusteringError.tooFewDocuments: badData
    case InferenceError.pseudoCount: usage
    case is ClusteringError: usage
    case is SanityError: usage
    case is TreeFileError, is TreeAgreementError, is LatentTreeError, is TreeLearningError,
      is DocumentFileError, is CorpusError, is InferenceError:
      badData
    case is TensorError, is CocoaError, is EncodingError: defect
    default: nil
    }
  }
}

/// Some of several files failed; each was reported when it did.
struct PartlyFailed: Error, CustomStringConvertible {
  let failed: Int
  let total: Int

  var description: String { "\(failed) of \(total) pictures could not be read" }
}
