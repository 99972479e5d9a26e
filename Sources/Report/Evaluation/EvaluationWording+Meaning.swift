internal import Contrast
package import Evaluation
internal import Faithfulness

extension EvaluationWording {
  /// What a table measures, in a sentence or two for who has not met it.
  package func meaning(of table: EvaluationTable) -> String {
    switch table.subject {
    case .cauc:
      "How fast the network loses the class, or turns to its foil, while the most "
        + "salient pixels are deleted: the area under P(class) × (1 − P(foil)). All "
        + "schemes' maps of a pair are followed over the same number of pixels, the "
        + "smallest n_δ among them."
    case .cdrop:
      "How far P(class) × (1 − P(foil)) falls once all n_δ salient pixels of a map are deleted, "
        + "divided by log₂(1 + max(n_δ, τ)/τ), τ = \(penalty) of the pixels: spread-out maps pay."
    case .explainers(let scheme):
      "What base explainers are worth in \(scheme.title): their mean number of "
        + "salient pixels, CAUC over the smallest n_δ of the explainers, and CDROP."
    case .whole(let measure): Self.meaning(of: measure)
    }
  }

  private var penalty: String {
    Set(runs.map(\.settings.penaltyFraction)).sorted().map(Self.percent).joined(separator: " or ")
  }

  private static func meaning(of measure: EvaluationMeasure) -> String {
    switch measure {
    case .deletion:
      "The area under P(class) while all pixels are deleted, the most salient first. It knows no foil."
    case .insertion:
      "The area under P(class) while all pixels come back, the most salient first. It knows no foil."
    case .logOdds: "The mean of log P(class)/P(foil) while all pixels are deleted."
    case .relativeProbability(let area):
      "P(class) / (P(class) + P(foil)) once the first \(percent(area)) of all pixels "
        + "are deleted, the same number for every map."
    default: ""
    }
  }

  /// What a run's numbers stand on, a sentence each.
  package func standing(of run: TabledRun) -> [String] {
    let counts = run.counts
    var lines: [String] = []
    if counts.unfinished > 0 {
      lines.append(
        "Unfinished: \(counts.done + counts.unreadable) of \(count(counts.named, "picture")) "
          + "\(counts.done + counts.unreadable == 1 ? "is" : "are") done; "
          + "the same rather evaluate command resumes it.")
    }
    lines.append(
      "\(count(counts.named, "picture")), \(counts.withPairs) with pairs of a class and its foil; "
        + "\(count(counts.pairs, "pair")); \(counts.unreadable) unreadable.")
    let partial = run.methods.indices.filter { counts.maps[$0] < counts.pairs }
    if !partial.isEmpty {
      let list = partial.map { "\(run.methods[$0].title): \(counts.maps[$0])" }
      lines.append("Not measured on all pairs: \(list.joined(separator: "; ")).")
    }
    let empty = run.methods.indices.filter { counts.emptyMaps[$0] > 0 }.map {
      "\(run.methods[$0].title) \(counts.emptyMaps[$0])"
    }
    lines.append(
      empty.isEmpty
        ? "No map is empty." : "Maps that show nothing (n_δ = 0): \(empty.joined(separator: "; "))."
    )
    return lines
  }

  /// Pairs that a table leaves out, a sentence for each reason; `nil` where it takes all.
  package func omissions(of table: EvaluationTable) -> String? {
    func list(_ isOf: (EvaluationMeasure) -> Bool) -> String? {
      let found = zip(table.rows, table.cells).flatMap { row, cells in
        zip(table.columns, cells).compactMap { column, cell -> String? in
          guard let cell, cell.undefinedCount > 0, isOf(column.measure) else { return nil }
          let names = [
            runs.count > 1 ? runs[column.run].title : nil, column.explainer?.title, row.title,
          ]
          return "\(names.compactMap(\.self).joined(separator: ", ")) \(cell.undefinedCount)"
        }
      }
      return found.isEmpty ? nil : found.joined(separator: "; ")
    }
    let lines = [
      list { $0 == .cdrop }.map {
        "Left out are pairs whose map has no CDROP by the published arithmetic: \($0)."
      },
      list(\.isOfWholeCurves).map {
        "Left out are pairs of which a probability of 0 leaves no such number: \($0)."
      },
      list { $0 != .cdrop && !$0.isOfWholeCurves }.map {
        "Left out are pairs of which no compared map shows anything: \($0)."
      },
    ].compactMap(\.self)
    return lines.isEmpty ? nil : lines.joined(separator: " ")
  }

  /// How to read cells, a sentence each.
  ///
  /// - Parameter replicates: How often pictures were drawn anew.
  package static func notes(seed: UInt64, replicates: Int) -> [String] {
    [
      "Each cell: the mean over pictures of the mean over a picture's pairs; in brackets its 95 % "
        + "interval by bootstrap over pictures (percentiles, \(replicates) replicates, seed \(seed)), in "
        + "the same power of ten.",
      "Below: the mean paired difference from the first row, and p of Wilcoxon's "
        + "signed-rank test over pictures, two-sided and not adjusted for the number of "
        + "comparisons; * where p adjusted by Holm for all comparisons of the table is "
        + "below 0.05.",
      "An empty map deletes nothing: its contrastive score stays what it was, and it "
        + "does not count for the smallest n_δ.",
    ]
  }

  private func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }
}
