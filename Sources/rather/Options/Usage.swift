import ArgumentParser
import Sessions

/// Makes a request's check one of the words of a command: what it finds comes with the command's usage.
func usage(_ check: () throws -> Void) throws {
  do { try check() } catch let fault as RequestFault { throw ValidationError(fault.description) }
}
