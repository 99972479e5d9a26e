internal import CVLFeat

extension Superpixels {
  /// What a unit of CIELAB counts in pixels.
  private static let colorWeight = 0.2

  static func quickshift(_ picture: Picture, side: Double, about n: Int) -> [Int] {
    let features = picture.labPlanes.map { $0 * colorWeight }
    // VLFeat counts columns first; the distance is the same with the axes exchanged.
    guard
      let search = vl_quickshift_new(features, Int32(picture.width), Int32(picture.height), 3)
    else { return [Int](repeating: 0, count: picture.width * picture.height) }
    defer { vl_quickshift_delete(search) }
    vl_quickshift_set_kernel_size(search, max(side / 7, 0.5))
    // Links end at this distance; a part of twice the average size still finds its hilltop.
    vl_quickshift_set_max_dist(search, max(side, 3))
    vl_quickshift_process(search)
    let count = picture.width * picture.height
    func read<Number>(_ start: UnsafeMutablePointer<Number>?) -> [Number] {
      Array(UnsafeBufferPointer(start: start, count: count))
    }
    let parents = read(vl_quickshift_get_parents(search)).map(Int.init)
    let joined = joiningPlateaus(
      parents, densities: read(vl_quickshift_get_density(search)), width: picture.width)
    return roots(of: cut(joined, read(vl_quickshift_get_dists(search)), into: n))
  }

  /// Links a pixel that nothing near surpasses to its left or upper neighbour of the same density.
  ///
  /// In a plain part of a picture every pixel would be a hill of its own.
  private static func joiningPlateaus(
    _ parents: [Int], densities: [Double], width: Int
  ) -> [Int] {
    var parents = parents
    for i in parents.indices where parents[i] == i {
      if i % width > 0, densities[i - 1] == densities[i] {
        parents[i] = i - 1
      } else if i >= width, densities[i - width] == densities[i] {
        parents[i] = i - width
      }
    }
    return parents
  }

  /// Cuts the longest links until there are as many trees as asked for.
  private static func cut(_ parents: [Int], _ lengths: [Double], into n: Int) -> [Int] {
    var parents = parents
    let hills = parents.indices.count { parents[$0] == $0 }
    let missing = n - hills
    if missing > 0 {
      // Links within a plateau have no length of their own and stay.
      let links = parents.indices.filter { parents[$0] != $0 && lengths[$0].isFinite }
      let longest = links.sorted { (lengths[$1], $0) < (lengths[$0], $1) }.prefix(missing)
      for i in longest { parents[i] = i }
    }
    return parents
  }

  private static func roots(of parents: [Int]) -> [Int] {
    var roots = parents
    for start in roots.indices {
      var root = start
      while roots[root] != root { root = roots[root] }
      var i = start
      while roots[i] != root { (i, roots[i]) = (roots[i], root) }
    }
    return roots
  }
}
