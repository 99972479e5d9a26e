import ArgumentParser
import Files

/// Whether files that are written may replace others.
struct OverwritingOption: ParsableArguments {
  @Flag(help: "Write over a file that is there.")
  var force = false

  /// Fails where files could not be put, before the work for them is done.
  ///
  /// - Throws: `FileError` where one is there already or is an input.
  func check(_ outputs: [String?], beside inputs: [String?]) throws(FileError) {
    for output in outputs.compactMap(\.self) {
      try WholeFile.check(
        output, existing: force ? .overwrite : .refuse, beside: inputs.compactMap(\.self))
    }
  }
}
