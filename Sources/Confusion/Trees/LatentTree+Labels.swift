public import Terms

extension LatentTree {
  /// The number of latents of each level, level 1 first.
  public var levelSizes: [Int] {
    var sizes = [Int](repeating: 0, count: height)
    for latent in latents { sizes[latent.level - 1] += 1 }
    return sizes
  }

  /// The names of the classes, by index; classes that the tree names not are called by their index.
  public var labels: ClassLabels {
    var names = (0...(leaves.last?.index ?? 0)).map { "class \($0)" }
    for leaf in leaves where !leaf.label.isEmpty { names[leaf.index] = leaf.label }
    return ClassLabels(names)
  }

  /// The same tree with other names; classes that `labels` has none for keep their own.
  public func labelled(by labels: ClassLabels) -> LatentTree {
    let named = leaves.map { leaf in
      labels.names.indices.contains(leaf.index)
        ? Leaf(index: leaf.index, label: labels.names[leaf.index], parent: leaf.parent) : leaf
    }
    return LatentTree(latents: latents, leaves: named, sound: distribution)
  }
}
