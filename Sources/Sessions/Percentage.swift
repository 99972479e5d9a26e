internal import Foundation

/// Fractions for people.
package enum Percentage {
  /// A fraction as a percentage in five columns.
  package static func text(_ fraction: Float) -> String {
    String(format: "%5.1f %%", fraction * 100)
  }
}
