public import ArgumentParser
public import Networks

extension SeenRegion: ExpressibleByArgument {
  /// Reads `whole`, or `x,y,width,height`.
  public init?(argument: String) { self.init(argument) }
}

/// What a network is shown of a picture.
struct RegionOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Which part of the picture the network is shown: x,y,width,height in its pixels, or whole; --view says how it is "
        + "fitted to the input. (default: what the card says)",
      valueName: "region"))
  var region: SeenRegion?
}
