/// Which of a class's two states says that the class is there, by the states' names.
enum StateWords {
  /// The place of the state that says so; `nil` where the names do not tell.
  ///
  /// The HLTA program writes s0 and s1; others write truth values, numbers or words. Letter case does not
  /// count, and neither does the order.
  static func presentPlace(_ states: [String]) -> Int? {
    let isThere = states.map { word in
      let word = word.lowercased()
      return present.contains(word) ? true : absent.contains(word) ? false : nil
    }
    return isThere == [false, true] ? 1 : isThere == [true, false] ? 0 : nil
  }

  private static let absent: Set = [
    "s0", "state0", "0", "false", "f", "no", "n", "absent", "off", "not_there",
  ]
  private static let present: Set = [
    "s1", "state1", "1", "true", "t", "yes", "y", "present", "on", "there",
  ]
}
