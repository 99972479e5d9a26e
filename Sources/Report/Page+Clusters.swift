internal import Contrast
internal import Saliency

/// The rows of a whole output in two stages: a cluster's evidence, and in it that of its classes.
extension Page {
  var scheme: Manifest.Scheme? { report.pictures.lazy.compactMap(\.scheme).first }

  /// A cluster: what supports it, and under it what tells its classes apart.
  func cluster(_ group: ExplainedPicture.Group, _ caption: HTML, _ maps: [DrawnMap]) throws -> HTML
  {
    let rest: HTML =
      maps.count > 1
      ? "\(try maps.dropFirst().map { try figure($0) })"
      : "<p class=\"soft\">No other class of this cluster is explained, so there is nothing to tell apart in it.</p>"
    return """
      <div class="cluster"><h3>\(mark(of: maps)) \(group.title)</h3>\(caption)\(Self.weakness(maps))
      <div class="stages"><div class="lead">\(try maps.prefix(1).map { try figure($0) })</div>
      <div class="maps">\(rest)</div></div></div>
      """
  }

  /// A warning where next to nothing supports the cluster itself.
  private static func weakness(_ maps: [DrawnMap]) -> HTML {
    guard let lead = maps.first, maps.count > 1,
      lead.range.upperBound - lead.answer.map.neutral < 0.1 * lead.scale.upperBound
    else { return "" }
    return """
      <p class="weak">Next to nothing in the picture supports this cluster beside the others, so the \
      maps of its classes mean little.</p>
      """
  }

  /// The number of the cluster that maps belong to, where there are clusters.
  func mark(of maps: [DrawnMap]) -> HTML { maps.first?.cluster.map { Self.mark(of: $0) } ?? "" }

  /// A cluster's number, as the table of the answer and the rows carry it.
  static func mark(of cluster: Int) -> HTML {
    "<span class=\"mark\" title=\"cluster \(String(cluster + 1))\">\(String(cluster + 1))</span>"
  }

  /// “CWOX-2s by Grad-CAM at layer a for clusters and Grad-CAM at layer b for classes”.
  func schemeText(_ scheme: Manifest.Scheme, _ whole: HTML, _ texts: [HTML]) -> HTML {
    let title = Scheme(rawValue: scheme.name)?.title ?? scheme.name
    let isSplit = texts.count == 2 && scheme.support != nil
    return isSplit
      ? "\(title) by \(texts[0]) for clusters and \(texts[1]) for classes"
      : "\(title) by \(whole)"
  }

  /// How to read the rows.
  static let clusterReading: HTML = """
    <p><b>Each row is a confusion cluster</b>: classes that networks often find likely together, so \
    that they compete for one thing in the picture. The first map shows what supports the cluster \
    against the other clusters; the maps behind it, where it has several classes, lie within its stronger \
    part and show what supports each class against the others of its cluster. First maps share a colour scale, and so \
    do the others of a row.</p>
    """
}
