internal import GRDB

/// Something that a person asked or named, as it is found again.
struct Record: Codable, Hashable, FetchableRecord {
  enum Kind: String, Codable, Sendable {
    /// A question that was asked; equal questions are one record.
    case question
    /// A state of the page that was given a name; equal names are one record.
    case view
  }

  let id: Int64
  let kind: Kind
  /// The state, as it stands behind the `#` of the page's address.
  let fragment: String
  /// The question in words, or the name.
  let title: String
  /// What it was about, and how it was answered.
  let about: String
  /// What the person wrote about it.
  let note: String
  /// When it was asked or named last, as ISO 8601 writes it.
  let time: String
  /// Its place in the order of asking and naming.
  let turn: Int64
}

/// A picture that was brought, as the records know it.
struct PictureRecord: Codable, Hashable, FetchableRecord {
  let id: String
  let name: String
  let width: Int
  let height: Int
  let bytes: Int
}
