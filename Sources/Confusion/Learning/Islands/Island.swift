/// Variables that one latent explains, and the model that says how.
struct Island {
  /// The variables, in the order of the model's leaves.
  let variables: [Int]
  /// The latent and its leaves; in state 0 of the latent none of them is likeliest.
  let model: LatentClassModel

  /// Orients the latent so that a case with none of the variables is in state 0.
  init(variables: [Int], model: LatentClassModel) {
    self.variables = variables
    let joint = model.joint(0)
    self.model = joint[1] > joint[0] ? model.swapped : model
  }

  /// Whether the latent's likelier state is 1 where the variables are as in a mask; ties are 0.
  func isPresent(_ mask: UInt64) -> Bool {
    let joint = model.joint(mask)
    return joint[1] > joint[0]
  }
}
