import ArgumentParser
import Files
import Sessions

/// Whether files that are written may replace others.
struct OverwritingOption: ParsableArguments {
  @Flag(
    help: ArgumentHelp(
      "Overwrite what is there, but never what is read, a database, or a folder that "
        + "holds something else."))
  var force = false

  var existing: ExistingFiles { force ? .overwrite : .refuse }

  /// Claims files before the work for them is done.
  ///
  /// - Throws: `FileError` where one is there already, is an input, or is being written.
  func check(
    _ outputs: [String?], folders: [String?] = [], beside inputs: [String?]
  ) throws(FileError) {
    try Claim.outputs(files: outputs, folders: folders, existing: existing, reading: inputs)
  }
}
