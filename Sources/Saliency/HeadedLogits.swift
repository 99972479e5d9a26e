package import Tensors
package import Terms

/// Logits, and how the classes that they are of belong together.
package struct HeadedLogits {
  private let logits: Tensor
  private let head: Head

  /// - Parameter logits: `[…, classes]`; of labels their absences after them.
  package init(_ logits: Tensor, _ head: Head) { (self.logits, self.head) = (logits, head) }

  /// `z_C`, `[…]`; exactly `y_c` for one class.
  func generalised(_ classes: ClassSet) throws(TensorError) -> Tensor {
    if classes.indices.count == 1 { return try logits.select(axis: -1, index: classes.indices[0]) }
    if case .similarities = head { return try each(of: classes).mean(axes: [-1]) }
    guard case .labels = head else { return try each(of: classes).logSumExp(axis: -1) }
    if head.isAbsence(classes), let labels = head.opposite(of: classes) {
      return try generalised(labels) * -1
    }
    return try anyOf(
      classes.indices.map { index throws(TensorError) in
        try logits.select(axis: -1, index: index)
      })
  }

  /// The log-odds of any of some labels, two by two: the odds of a or b are `o_a + o_b + o_a o_b`.
  private func anyOf(_ parts: [Tensor]) throws(TensorError) -> Tensor {
    var parts = parts
    while parts.count > 1 {
      var joined: [Tensor] = []
      for place in stride(from: 0, to: parts.count - 1, by: 2) {
        let (a, b) = (parts[place], parts[place + 1])
        joined.append(try Tensor.stacked([a, b, a + b]).logSumExp(axis: 0))
      }
      if !parts.count.isMultiple(of: 2) { joined.append(parts[parts.count - 1]) }
      parts = joined
    }
    return parts[0]
  }

  /// `log p_C`, `[…]`.
  func logProbability(_ classes: ClassSet) throws(TensorError) -> Tensor {
    try logProbabilities(of: [classes])[0]
  }

  /// `log p_C` of each of some sets, `[…]`.
  package func logProbabilities(of sets: [ClassSet]) throws(TensorError) -> [Tensor] {
    if case .labels = head {
      return try sets.map { set throws(TensorError) in try Self.logSigmoid(generalised(set)) }
    }
    let logs = HeadedLogits(try logits.logSoftmax(axis: -1), head)
    return try sets.map { set throws(TensorError) in try logs.generalised(set) }
  }

  /// The logits of each class, `[…, m]`; of absences alone those of their labels with the other sign.
  func each(of classes: ClassSet) throws(TensorError) -> Tensor {
    try logits.gather(axis: -1, classes.indices)
  }

  /// How much each class of a set counts in its generalised logit, held constant: `∂z_C / ∂y_c`.
  func shares(of classes: ClassSet) throws(TensorError) -> Tensor {
    let own = try each(of: classes).detached()
    guard case .labels = head else { return try own.softmax(axis: -1) }
    // Of absences, z and each y have the other sign both, so the shares are those of the labels.
    let isAbsence = head.isAbsence(classes)
    let labels = isAbsence ? head.opposite(of: classes) ?? classes : classes
    let whole = try Self.logSigmoid(generalised(labels).detached()).withAxis(at: -1)
    return try (Self.logSigmoid(isAbsence ? own * -1 : own) - whole).exp()
  }

  /// `log σ(z)`, whatever the size of z.
  private static func logSigmoid(_ z: Tensor) throws(TensorError) -> Tensor {
    try Tensor.stacked([z * 0, z]).logSoftmax(axis: 0).select(axis: 0, index: 1)
  }
}
