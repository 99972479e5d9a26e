extension Manifest {
  /// Where a network was asked that answers for each place of a picture: by a pixel, by a picture of where, or where
  /// it finds what is asked about.
  public struct Places: Codable, Hashable, Sendable {
    /// The column and the row of the photo's pixel.
    public let at: [Int]?
    /// The picture that is bright where was asked.
    public let within: String?
    /// The classes that the network finds there.
    public let predicted: [Class]?
    /// How many places the score is the mean of.
    public let count: Int
    /// The rows of places that the network has.
    public let rows: Int
    /// The columns of places.
    public let columns: Int

    /// Describes places.
    public init(
      at: [Int]?, within: String?, predicted: [Class]?, count: Int, rows: Int, columns: Int
    ) {
      self.at = at
      self.within = within
      self.predicted = predicted
      self.count = count
      self.rows = rows
      self.columns = columns
    }

    /// The same with its file named as it is shown.
    func shown(_ paths: ShownPaths) -> Places {
      Places(
        at: at, within: within.map(paths.path), predicted: predicted, count: count, rows: rows,
        columns: columns)
    }
  }
}
