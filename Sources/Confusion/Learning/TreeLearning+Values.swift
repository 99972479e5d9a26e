extension TreeLearning {
  /// The settings by name, as a tree's file keeps them: those that the tree depends on, but for the
  /// seed.
  public var values: [String: String] {
    [
      "startCount": "\(startCount)", "stepLimit": "\(stepLimit)", "leastGain": "\(leastGain)",
      "splitThreshold": "\(splitThreshold)",
      "correlationThreshold": correlationThreshold.map { "\($0)" } ?? "off",
      "largestIsland": "\(largestIsland)", "largestTop": "\(largestTop)",
      "batchSize": batchSize.map { "\($0)" } ?? "off", "pseudoCount": "\(pseudoCount)",
      "roundCount": "\(roundCount)",
      "sampleSize": "\(sampleSize)", "iterationCount": "\(iterationCount)",
      "attemptCount": "\(attemptCount)",
      "heldOutFraction": "\(heldOutFraction)",
    ]
  }
}
