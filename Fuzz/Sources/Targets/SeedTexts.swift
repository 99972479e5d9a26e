/// Sound files of text to begin with.
enum SeedTexts {
  /// A target's, by name.
  static func of(_ target: FuzzTarget) -> [(name: String, text: String)] {
    switch target {
    case .card: [("classes.json", card), ("value.json", regression)]
    case .generator: [("vae.json", generator)]
    case .documents: [("five.txt", "0 1 2\n1 2\n3\n0 3 1\n2 0\n")]
    case .labels: [("three.txt", "cello, violoncello\nviolin\ndrum (snare)\n")]
    default: []
    }
  }

  /// A tree of two classes.
  static let bif = """
    network small {
    }
    variable Z11 {
      type discrete [ 2 ] { s0, s1 };
    }
    variable c0 {
      type discrete [ 2 ] { s0, s1 };
    }
    variable "c001-violin" {
      type discrete [ 2 ] { s0, s1 };
    }
    probability ( Z11 ) {
      table .5, .5;
    }
    probability ( c0 | Z11 ) {
      (s0) .9, .1;
      (s1) .2, .8;
    }
    probability ( "c001-violin" | Z11 ) {
      (s0) .8, .2;
      (s1) .3, .7;
    }

    """

  /// What the header of a part of documents says.
  static let mark =
    #"{"failed":1,"origin":{"batch":2,"mass":0.9,"network":"net","pictureCount":5,"pictures":"pictures","shard":1,"shardCount":1}}"#

  private static let card =
    #"{"task":"classification","labels":["cello","violin"],"input":{"height":4,"width":4,"channels":3,"channelOrder":"rgb","mean":[0.5,0.5,0.5],"std":[0.25,0.25,0.25],"resize":"shorter-side","crop":0.875},"output":"logits","layers":{"cluster":"features","class":"features.relu"}}"#

  private static let regression =
    #"{"task":"regression","input":{"height":4,"width":4,"channels":1,"channelOrder":"gray","mean":[0],"std":[1],"resize":"squash","crop":1},"output":"value"}"#

  private static let generator =
    #"{"kind":"vae","latentLength":4,"decoder":"generator.pt2","encoder":"encoder.pt2","output":{"height":2,"width":2,"channels":1,"channelOrder":"gray","mean":[0],"std":[1],"resize":"squash","crop":1}}"#

}
