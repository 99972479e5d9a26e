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
      "What the network is shown of the picture: x,y,width,height in its pixels, or whole; it is squashed "
        + "to the input. (default: what the card says)",
      valueName: "region"))
  var region: SeenRegion?
}
