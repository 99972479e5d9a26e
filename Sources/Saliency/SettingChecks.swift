public import Terms

// What each method's settings may be. They are checked where an explanation begins.

extension Explainer {
  /// Nothing is set that could be wrong.
  public func checkSettings() throws(SettingFault) {}
}

extension RISE {
  /// Fails where no masks can be drawn as the settings say.
  public func checkSettings() throws(SettingFault) {
    try SettingFault.check("masks", maskCount)
    try SettingFault.check("probability", probability, in: 0.01...1)
    try SettingFault.check("cells", cells, in: 1...1000)
    try SettingFault.check("tolerance", tolerance, in: 0...1)
    try SettingFault.check("batch", batch)
    try fill.checkSettings("fill")
  }
}

extension LIME {
  /// Fails where no samples can be drawn, or no fit be made of them, as the settings say.
  public func checkSettings() throws(SettingFault) {
    try SettingFault.check("samples", samples)
    try SettingFault.check("segments", segmentation.segments)
    try SettingFault.check("compactness", segmentation.compactness, in: 0...1e6)
    try SettingFault.check("width", isPositive: width)
    try SettingFault.check("penalty", isPositive: penalty)
    try SettingFault.check("batch", batch)
    if case .baseline(let baseline) = fill { try baseline.checkSettings("fill") }
  }
}

extension KernelSHAP {
  /// Fails where no samples can be drawn as the settings say.
  public func checkSettings() throws(SettingFault) {
    try SettingFault.check("samples", samples, in: 2...SettingFault.most)
    try SettingFault.check("segments", segmentation.segments)
    try SettingFault.check("compactness", segmentation.compactness, in: 0...1e6)
    try SettingFault.check("batch", batch)
    if case .baseline(let baseline) = fill { try baseline.checkSettings("fill") }
  }
}

extension PDA {
  /// Fails where no windows can be drawn as the settings say.
  public func checkSettings() throws(SettingFault) {
    try SettingFault.check("window", window)
    try SettingFault.check("stride", stride)
    try SettingFault.check("surround", surround, in: 0...SettingFault.most)
    try SettingFault.check("samples", samples)
    try SettingFault.check("training", trainingCount)
    try SettingFault.check("batch", batch)
    if case .pictures(let pictures) = source, pictures.isEmpty {
      throw SettingFault("source", "no pictures", expected: "one picture or more")
    }
  }
}

extension Occlusion {
  /// Fails where no window can be moved as the settings say.
  public func checkSettings() throws(SettingFault) {
    try SettingFault.check("window", window)
    try SettingFault.check("stride", stride)
    try SettingFault.check("batch", batch)
    try baseline.checkSettings("baseline")
  }
}

extension NoiseTunnel {
  /// Fails where no noise can be drawn as the settings say, or the method's own settings cannot be.
  public func checkSettings() throws(SettingFault) {
    try SettingFault.check("samples", samples)
    try SettingFault.check("noise", noise, in: 0...1e6)
    try base.checkSettings()
  }
}

extension GradientSHAP {
  /// Fails where no points can be drawn as the settings say.
  public func checkSettings() throws(SettingFault) {
    try SettingFault.check("samples", samples)
    try SettingFault.check("noise", noise, in: 0...1e6)
    try Baseline.check(baselines)
  }
}

extension IntegratedGradients {
  /// Fails where the path has no points.
  public func checkSettings() throws(SettingFault) {
    switch rule {
    case .gaussLegendre(let steps): try SettingFault.check("steps", steps, in: 1...4096)
    case .refined(let tolerance, let limit):
      try SettingFault.check("tolerance", isPositive: tolerance)
      try SettingFault.check("steps", limit)
    }
    try baseline.checkSettings("baseline")
  }
}

extension GuidedIG {
  /// Fails where the path has no steps, or no number could move.
  public func checkSettings() throws(SettingFault) {
    try SettingFault.check("steps", steps, in: 1...4096)
    try SettingFault.check("fraction", fraction, in: 0...1)
    try SettingFault.check("distance", distance, in: 0...1)
    try baseline.checkSettings("baseline")
  }
}

extension BlurIG {
  /// Fails where the path has no steps, or nothing is blurred.
  public func checkSettings() throws(SettingFault) {
    try SettingFault.check("steps", steps, in: 1...4096)
    try SettingFault.check("sigma", sigma, in: 0.1...1e5)
  }
}

extension XRAI {
  /// Fails where there are no baselines, or no parts.
  public func checkSettings() throws(SettingFault) {
    try Baseline.check(baselines)
    try SettingFault.check("steps", steps, in: 1...4096)
    try SettingFault.check("segments", segmentation.segments)
    try SettingFault.check("compactness", segmentation.compactness, in: 0...1e6)
    try SettingFault.check("scales", scales, in: 1...12)
    try SettingFault.check("margin", margin, in: 0...100)
    try SettingFault.check("smallest", smallest)
  }
}

extension DeepLIFT {
  /// Fails where the baseline cannot be.
  public func checkSettings() throws(SettingFault) { try baseline.checkSettings("baseline") }
}

extension DeepLIFTSHAP {
  /// Fails where there are no baselines, or one cannot be.
  public func checkSettings() throws(SettingFault) { try Baseline.check(baselines) }
}

extension LRP {
  /// Fails where a rule's number cannot be.
  public func checkSettings() throws(SettingFault) {
    try SettingFault.check("epsilon", epsilon, in: 0...1e6)
    try SettingFault.check("gamma", gamma, in: 0...1e6)
    try SettingFault.check("alpha", alpha, in: 1...1e6)
  }
}

extension GradCAMPlusPlus {
  /// Fails where ε cannot be.
  public func checkSettings() throws(SettingFault) {
    try SettingFault.check("epsilon", epsilon, in: 0...1)
  }
}

extension FinerCAM {
  /// Fails where there is nothing to set a class against.
  public func checkSettings() throws(SettingFault) {
    try SettingFault.check("strength", strength, in: 0...100)
    try SettingFault.check("references", references, in: 1...1000)
  }
}

extension ScoreCAM {
  /// Fails where a pass can hold no masks.
  public func checkSettings() throws(SettingFault) { try SettingFault.check("batch", batch) }
}

extension AblationCAM {
  /// Fails where a pass can hold no channels.
  public func checkSettings() throws(SettingFault) { try SettingFault.check("batch", batch) }
}

extension Baseline {
  /// Fails where there are none, or one cannot be.
  fileprivate static func check(_ baselines: [Baseline]) throws(SettingFault) {
    if baselines.isEmpty {
      throw SettingFault("baselines", "empty", expected: "one baseline or more")
    }
    for baseline in baselines { try baseline.checkSettings("baselines") }
  }

  /// Fails where a blur or noise has no such deviation.
  func checkSettings(_ name: String) throws(SettingFault) {
    switch self {
    case .blur(let sigma), .noise(let sigma, _): try SettingFault.check(name, sigma, in: 0...1e5)
    case .black, .white, .mean, .picture: break
    }
  }
}
