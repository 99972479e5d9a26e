public import Networks

extension ContrastiveSearch {
  /// All settings by name, as they hold for a generator.
  public func settings(for generator: Generator) -> [String: String] {
    let hasEncoder = generator.encoder != nil
    var settings = [
      "method": method.rawValue, "minimiser": optimiser.minimiser.name,
      "slack": "\(slack)", "range": range.rawValue, "starts": "\(startCount)",
      "penalty": "\(optimiser.penalty)", "growth": "\(optimiser.growth)",
      "decrease": "\(optimiser.decrease)", "tolerance": "\(optimiser.tolerance)",
      "stationarity": "\(optimiser.stationarity)", "iterations": "\(optimiser.iterationLimit)",
      "code": hasEncoder ? "encoder" : "search", "latent": "\(generator.card.latentLength)",
      "generator": generator.card.kind.rawValue,
    ]
    switch optimiser.minimiser {
    case .gaussNewton: settings["progress"] = "\(optimiser.progress)"
    case .descent(let rate, let steps):
      settings["rate"] = "\(rate)"
      settings["innerSteps"] = "\(steps)"
    }
    if !hasEncoder {
      settings["codeSteps"] = "\(codeSearch.steps)"
      settings["codeRate"] = "\(codeSearch.rate)"
      settings["misclassificationWeight"] = "\(codeSearch.misclassificationWeight)"
    }
    return settings
  }
}
