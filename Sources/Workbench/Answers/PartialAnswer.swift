internal import HTTPTypes
internal import Report

/// The maps so far of an answer that is worked on.
struct PartialAnswer: Sendable {
  /// How many came before.
  let number: Int
  let maps: PartialMaps

  /// What those who watch the answer are told of them.
  struct Note: Encodable, Sendable {
    let number: Int
    /// The samples that they are made of.
    let samples: Int?
    /// The first map's standard error, as a fraction of its largest magnitude; `nil` where it is not known.
    let standardError: Float?
  }

  var note: Note {
    let measurements = maps.manifest.maps.first?.measurements ?? [:]
    return Note(
      number: number, samples: measurements["samples"].map { Int($0) },
      standardError: measurements["standardError"])
  }

  /// A map by its key.
  func array(_ key: String) throws(Refusal) -> NumberArray {
    guard let bytes = maps.arrays[key] else {
      throw Refusal(.notFound, "the answer has no such map")
    }
    return try NumberArray(npy: bytes)
  }
}

extension Answers {
  /// The newest maps of an answer that is worked on.
  func partial(of id: String) throws -> PartialAnswer {
    guard let partial = try entry(id).partial else {
      throw Refusal(.notFound, "the answer has no maps yet, or is done")
    }
    return partial
  }
}
