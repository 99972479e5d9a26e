public import Report
public import Terms

/// What a job says while it works.
public enum JobEvent: Sendable {
  /// A part of the work begins; the progress that follows is that of this part.
  case stage(JobStage)
  /// How far the part has come. Of several updates that nobody has taken yet only the last is kept.
  case progress(ProgressUpdate)
  /// The maps so far, of a method that samples; only where somebody wants them (``Job/wantPartials(_:)``). Of several
  /// that nobody has taken yet only the last is kept.
  case partial(PartialMaps)
  /// Something that people should know, in one sentence.
  case note(String)
  /// One of several items failed, and the others go on.
  case failed(any Fault)
  /// One of several items is done.
  case finished(JobItem)
}

/// A part of a job's work.
public struct JobStage: Hashable, Sendable {
  /// What is done, in a word or two.
  public let title: String
  /// Steps that an earlier run has done; they do not count for the rate.
  public let before: Int
  /// Steps that are one thing to people.
  public let unit: Int
}

/// One of several items that is done.
public struct JobItem: Hashable, Sendable {
  /// What it is called, such as a picture's path.
  public let name: String
  /// Where what was written of it lies.
  public let place: String
  /// What was found, in a few words or lines, in which nothing is hidden.
  public let summary: String
}
