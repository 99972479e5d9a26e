/// The latent tree that a Bayesian network's variables make: those with variables below are latent,
/// the others classes.
struct BIFTree {
  private let variables: [BIFReading.Variable]
  private let places: [String: Int]
  private let path: String

  init(_ variables: [BIFReading.Variable], _ places: [String: Int], _ path: String) {
    (self.variables, self.places, self.path) = (variables, places, path)
  }

  func tree() throws -> LatentTree {
    let parents = variables.map { $0.parent.flatMap { places[$0] } }
    var isLatent = [Bool](repeating: false, count: variables.count)
    for parent in parents { if let parent { isLatent[parent] = true } }
    let latents = variables.indices.filter { isLatent[$0] }
    var latentPlaces = [Int](repeating: 0, count: variables.count)
    for (place, variable) in latents.enumerated() { latentPlaces[variable] = place }
    var distribution = LatentTree.Distribution(latents: [], leaves: [])
    var leaves: [LatentTree.Leaf] = []
    for (place, variable) in variables.enumerated() {
      guard let table = variable.table else {
        throw TreeFileError.variable(variable.name, .noTable, path)
      }
      if isLatent[place] {
        distribution.latents.append(table)
        continue
      }
      guard let word = ClassWord(variable.name) else {
        throw TreeFileError.variable(variable.name, .noClass, path)
      }
      if StateWords.presentPlace(variable.states) == nil {
        throw TreeFileError.variable(variable.name, .untoldStates(variable.states), path)
      }
      guard let parent = parents[place] else {
        throw TreeFileError.variable(variable.name, .alone, path)
      }
      leaves.append(
        .init(index: word.index, label: word.label, parent: latentPlaces[parent]))
      distribution.leaves.append(table)
    }
    let names = latents.map { variables[$0].name }
    let latentParents = latents.map { parents[$0].map { latentPlaces[$0] } }
    let levels = LatentLevels(parents: latentParents, holders: Set(leaves.map(\.parent)))
      .levels(names)
    return try LatentTree(
      latents: names.indices.map {
        .init(name: names[$0], level: levels[$0], parent: latentParents[$0])
      },
      leaves: leaves, distribution: distribution)
  }
}
