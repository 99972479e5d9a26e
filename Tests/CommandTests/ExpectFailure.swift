import Foundation
import Testing

/// A folder that commands run in.
protocol CommandPlace {
  /// The names in it that tests did not put there.
  var left: [String] { get throws }
}

extension Workplace: CommandPlace {}
extension TreePlace: CommandPlace {}

/// Expects one sentence of error that holds some parts, an exit status, and nothing else left behind.
func expectFailure(
  _ run: Command, _ status: Int32, saying parts: String..., in place: some CommandPlace,
  left: [String] = [], sourceLocation: SourceLocation = #_sourceLocation
) throws {
  #expect(run.status == status, "\(run.messages)", sourceLocation: sourceLocation)
  #expect(run.messages.hasPrefix("Error: "), "\(run.messages)", sourceLocation: sourceLocation)
  for part in parts {
    #expect(
      run.messages.localizedCaseInsensitiveContains(part), "“\(part)” is not in \(run.messages)",
      sourceLocation: sourceLocation)
  }
  #expect(run.output.isEmpty, sourceLocation: sourceLocation)
  let found = try place.left
  #expect(found == left.sorted(), sourceLocation: sourceLocation)
}
