public import ArgumentParser
public import Sessions

extension MetricChoice.Preset: ExpressibleByArgument {}

/// How maps are measured.
struct MetricOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Whose arithmetic: that of the equations in CWOX's paper, or that of the "
        + "published code, which departs from them."))
  var preset = MetricChoice().preset

  @Option(help: ArgumentHelp("Pixels deleted per step; 1 is exact.", valueName: "pixels"))
  var step = MetricChoice().step

  @Option(help: "Salient pixels have at least this fraction of a map's largest value, 0…1.")
  var delta = MetricChoice().delta

  @Option(
    help: ArgumentHelp(
      "Steps of deletion and insertion of the whole picture; 0 for none.", valueName: "count"))
  var wholeSteps = MetricChoice().wholeSteps

  @Option(
    help: ArgumentHelp(
      "Relative probabilities are read after these fractions of all pixels are deleted.",
      valueName: "0…1,…"))
  var areas = MetricChoice().areas.map { "\($0)" }.joined(separator: ",")

  @Option(
    help: ArgumentHelp(
      "What a deleted pixel becomes: mean, black, white, blur:σ, noise:σ, #rrggbb or a picture.",
      valueName: "what"))
  var fill = MetricChoice().fill

  @Option(
    help: ArgumentHelp("What insertion starts from; takes what --fill takes.", valueName: "what"))
  var insertFrom = MetricChoice().insertFrom

  func validate() throws {
    if areaList == nil {
      throw ValidationError("--areas must be numbers from 0 to 1, joined by commas, not “\(areas)”")
    }
    try usage { try choice.validate() }
  }

  private var areaList: [Double]? {
    if areas.isEmpty { return [] }
    let numbers = areas.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
    let found = numbers.compactMap(\.self).filter { (0...1).contains($0) }
    return found.count == numbers.count ? found : nil
  }

  /// The choice that the words make.
  var choice: MetricChoice {
    var choice = MetricChoice()
    (choice.preset, choice.step, choice.delta) = (preset, step, delta)
    (choice.wholeSteps, choice.areas) = (wholeSteps, areaList ?? [])
    (choice.fill, choice.insertFrom) = (fill, insertFrom)
    return choice
  }
}
