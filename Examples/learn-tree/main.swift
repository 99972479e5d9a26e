// Learns which classes a network confuses from its documents, and cuts the tree into clusters.
//
//   rather documents photos/ --model resnet50.pt2 -o docs.txt.gz
//   swift run learn-tree docs.txt.gz
import Foundation
import Rather

let words = CommandLine.arguments
guard words.count == 2 else {
  print("usage: learn-tree DOCUMENTS")
  exit(64)
}
let corpus = try Corpus(contentsOf: URL(filePath: words[1]))
let learnt = try LatentTree.learnt(from: corpus, by: TreeLearning(seed: 1))
for cluster in try learnt.tree.partition(atLevel: 1).clusters {
  print(cluster.map(String.init).joined(separator: " "))
}
