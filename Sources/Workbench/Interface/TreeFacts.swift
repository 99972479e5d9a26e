internal import Confusion

/// A latent tree as a page draws and cuts it: columns instead of nested nodes, which keeps a thousand classes small.
struct TreeFacts: Encodable {
  struct Latents: Encodable {
    let names: [String]
    /// How high each lies, 1 lowest.
    let levels: [Int]
    /// The latent that each hangs on, by its place, which is before its own; `nil` for a root.
    let parents: [Int?]
  }
  struct Classes: Encodable {
    let indices: [Int]
    let labels: [String]
    /// The latent that each hangs on, by its place.
    let parents: [Int]
  }

  let height: Int
  let latents: Latents
  let classes: Classes

  init(_ tree: LatentTree) {
    height = tree.height
    latents = Latents(
      names: tree.latents.map(\.name), levels: tree.latents.map(\.level),
      parents: tree.latents.map(\.parent))
    classes = Classes(
      indices: tree.leaves.map(\.index), labels: tree.leaves.map(\.label),
      parents: tree.leaves.map(\.parent))
  }
}
