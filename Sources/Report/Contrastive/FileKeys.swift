internal import Contrast
internal import Terms

/// Names for files and arrays.
enum FileKeys {
  /// `4-rather-than-9` for each question, and no name twice: labels may be equal, or alike once only
  /// letters are left of them.
  ///
  /// - Parameter ending: What follows the name of a question at a place.
  static func unique(
    _ questions: [Question], _ labels: ClassLabels, ending: (Int) -> String = { _ in "" }
  ) -> [String] {
    var taken: Set<String> = []
    return questions.indices.map { place in
      let wanted =
        questions[place].key(labels).replacing("why-", with: "", maxReplacements: 1)
        + ending(place)
      var (key, count) = (wanted, 2)
      while !taken.insert(key).inserted {
        key = "\(wanted)-\(count)"
        count += 1
      }
      return key
    }
  }
}
