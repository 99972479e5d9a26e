/// Writes latent trees as Bayesian networks that the HLTA program reads.
enum BIFWriting {
  static func text(of tree: LatentTree) throws(TreeFileError) -> [UInt8] {
    guard let distribution = tree.distribution else { throw .needsProbabilities }
    let latents = names(of: tree)
    let classes = tree.leaves.map(ClassWord.text)
    var text = "network \"latent tree\" {\n}\n\n"
    for name in latents + classes {
      text += "variable \"\(name)\" {\n\ttype discrete[2] { \"s0\" \"s1\" };\n}\n\n"
    }
    for (place, table) in distribution.latents.enumerated() {
      text += block(latents[place], tree.latents[place].parent.map { latents[$0] }, table)
    }
    for (place, table) in distribution.leaves.enumerated() {
      text += block(classes[place], latents[tree.leaves[place].parent], table)
    }
    return Array(text.utf8)
  }

  private static func block(
    _ name: String, _ parent: String?, _ table: LatentTree.Distribution.Table
  ) -> String {
    let condition = parent.map { " | \"\($0)\"" } ?? ""
    let cells =
      parent == nil
      ? [1 - table[0], table[0]] : [1 - table[0], 1 - table[1], table[0], table[1]]
    let numbers = cells.map { "\($0)" }.joined(separator: " ")
    return "probability ( \"\(name)\"\(condition) ) {\n\ttable \(numbers);\n}\n"
  }

  /// The latents' names, or new ones that tell the levels where a reader of BIF, which has none, would
  /// misread them.
  ///
  /// New names are those that ``NestedClusters`` gives. Levels above 9, and those of trees that have classes at several levels, are read as heights.
  private static func names(of tree: LatentTree) -> [String] {
    let names = tree.latents.map(\.name)
    let reading = LatentLevels(
      parents: tree.latents.map(\.parent), holders: Set(tree.leaves.map(\.parent)))
    let isSound = names.allSatisfy { name in
      ClassWord(name) == nil && !name.contains { $0 == "\"" || $0.isNewline } && !name.isEmpty
    }
    if isSound && reading.levels(names) == tree.latents.map(\.level) { return names }
    let dot = tree.height > 9 ? "." : ""
    var counts: [Int: Int] = [:]
    return tree.latents.map { latent in
      counts[latent.level, default: 0] += 1
      return "Z\(latent.level)\(dot)\(counts[latent.level, default: 0])"
    }
  }
}
