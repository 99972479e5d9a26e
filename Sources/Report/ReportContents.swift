/// What of a report is written.
public enum ReportContents: Hashable, Sendable {
  /// All of it: the manifest, maps as numbers, pictures, and the page.
  case pages
  /// The manifest and maps as numbers, which takes a fraction of the time.
  case numbers
}
