internal import Files

/// How much memory a job may take.
package enum MemoryChoice {
  /// Bytes of tensors within an allowance; of half of the machine's memory, or of its control group's, where
  /// nothing is said.
  package static func tensorBytes(of allowance: Int?) -> Int {
    let allowance = allowance ?? MachineMemory.bytes / 2
    // A network's graph, pictures and libraries' own work take some of it, more than the 200 MB that a
    // command has beside its allowance.
    return allowance - min(64 << 20, allowance / 4)
  }

  /// Fails where an allowance is more than there is.
  package static func check(_ allowance: Int?) throws {
    let all = MachineMemory.bytes
    guard let allowance, allowance > all else { return }
    throw RequestFault.unfit(
      "--memory is more than this machine or its control group has, \(all >> 20)M; name less")
  }
}
