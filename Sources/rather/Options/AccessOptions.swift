import ArgumentParser
import Terms
import Workbench

/// How `rather serve` is reached, by whom, and what they may ask for.
struct AccessOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The port of the page; 0 takes one that is free. (default: \(ListenAddress.defaultPort))",
      valueName: "number"))
  var port: Int?

  @Option(
    help: ArgumentHelp(
      "An address of this machine to listen on, such as 0.0.0.0 for all, with or without :PORT. Where other machines "
        + "reach it, everybody has to show a token, which is printed after the address of the page.",
      valueName: "address"))
  var listen: String?

  @Option(
    help: ArgumentHelp(
      "An address by which browsers on other machines reach it, such as https://rather.example of a reverse proxy; "
        + "may be repeated. Then, too, everybody has to show a token.", valueName: "address"))
  var publicAddress: [String] = []

  @Option(
    help: ArgumentHelp(
      "A file with the token, which nobody else may read, instead of a new token for each start.",
      valueName: "file"))
  var tokenFile: String?

  @Option(
    help: ArgumentHelp(
      "What may be asked for, such as samples=5000,seconds=60,side=4096; docs/workbench.md lists all.",
      valueName: "limits"))
  var limits: String?

  func validate() throws {
    if let port, !(0...65_535).contains(port) {
      throw ValidationError("--port must be from 0 to 65535")
    }
    do { _ = try (listenAddress(), chosenAddresses(), chosenLimits(ofMany: false)) } catch {
      throw ValidationError("\(error)")
    }
  }

  /// Puts what was chosen into a workbench.
  ///
  /// - Returns: The token, where one was made that somebody has to be told of.
  func apply(to workbench: inout Workbench) throws -> Token? {
    workbench.access.address = try listenAddress()
    workbench.access.publicAddresses = try chosenAddresses()
    let isOpen = workbench.access.needsToken
    workbench.limits = try chosenLimits(ofMany: isOpen || tokenFile != nil)
    if let tokenFile {
      workbench.access.token = try Token(file: tokenFile)
      return nil
    }
    workbench.access.token = isOpen ? try Token.made() : nil
    return workbench.access.token
  }

  private func listenAddress() throws -> ListenAddress {
    var address = ListenAddress()
    if let listen {
      guard let read = ListenAddress(listen) else {
        throw ValidationError(
          "--listen must be the number of an address of this machine, such as 0.0.0.0, 192.0.2.7:8017 or [::1]"
        )
      }
      address = read
      if port != nil, read.namesPort {
        throw ValidationError("name the port by --port or by --listen, and not by both")
      }
    }
    if let port { address.port = port }
    return address
  }

  private func chosenAddresses() throws -> [PublicAddress] {
    try publicAddress.map { text in
      guard let address = PublicAddress(text) else {
        throw ValidationError(
          "--public-address must be like https://rather.example or http://name:8017, without a path"
        )
      }
      return address
    }
  }

  private func chosenLimits(ofMany: Bool) throws -> Limits {
    var chosen = ofMany ? Limits.ofMany : Limits()
    if let limits { try chosen.change(by: limits) }
    return chosen
  }
}
