/// A name that is equal to another where their bytes are.
///
/// Strings are equal where they look the same: é as one character, and e with an accent after it. File systems
/// hold both as two files, so names of files are keys only by their bytes.
package struct ExactName: Hashable, Sendable {
  private let bytes: [UInt8]

  /// Takes a name.
  package init(_ name: String) { bytes = Array(name.utf8) }
}
