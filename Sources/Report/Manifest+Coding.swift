internal import Networks

extension Manifest {
  private enum Key: String, CodingKey {
    case geometry, prediction, logits, value, values, places, scheme, clusters, maps, agreement
  }

  /// Reads a manifest of schema 1 or 2.
  public init(from decoder: any Decoder) throws {
    header = try ManifestHeader(from: decoder, of: Self.kinds)
    let values = try decoder.container(keyedBy: Key.self)
    geometry = try values.decodeIfPresent(Geometry.self, forKey: .geometry)
    prediction = try values.decode([Prediction.Class].self, forKey: .prediction)
    logits = try values.decodeIfPresent([Float?].self, forKey: .logits) ?? []
    value = try values.decodeIfPresent(Float.self, forKey: .value)
    self.values =
      try values.decodeIfPresent([Prediction.Value].self, forKey: .values) ?? []
    places = try values.decodeIfPresent(Places.self, forKey: .places)
    scheme = try values.decodeIfPresent(Scheme.self, forKey: .scheme)
    clusters = try values.decodeIfPresent([[Class]].self, forKey: .clusters)
    maps = try values.decode([Map].self, forKey: .maps)
    agreement = try values.decodeIfPresent([Agreement].self, forKey: .agreement)
  }

  /// Writes a manifest; what there is none of is absent.
  public func encode(to encoder: any Encoder) throws {
    try header.encode(to: encoder)
    var values = encoder.container(keyedBy: Key.self)
    try values.encodeIfPresent(geometry, forKey: .geometry)
    try values.encode(prediction, forKey: .prediction)
    if !logits.isEmpty { try values.encode(logits, forKey: .logits) }
    try values.encodeIfPresent(value, forKey: .value)
    if !self.values.isEmpty { try values.encode(self.values, forKey: .values) }
    try values.encodeIfPresent(places, forKey: .places)
    try values.encodeIfPresent(scheme, forKey: .scheme)
    try values.encodeIfPresent(clusters, forKey: .clusters)
    try values.encode(maps, forKey: .maps)
    try values.encodeIfPresent(agreement, forKey: .agreement)
  }
}
