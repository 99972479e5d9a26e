"""clusters.py DOCUMENTS ASSOCIATION OUT: average linkage by SciPy and modularity by networkx.

Documents are lines of class indices. Writes JSON: the classes; SciPy's merge heights as similarities,
falling, those of 0 left out; a cluster number a class for 14 and 25 clusters; and the modularity, at
resolutions 1 and 2.5, of these two divisions of the graph whose edges count common documents.
"""

import json
import sys

import networkx
import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

documents = [[int(word) for word in line.split()] for line in open(sys.argv[1])]
documents = [document for document in documents if len(document) > 1]
classes = sorted({index for document in documents for index in document})
present = np.zeros((len(documents), len(classes)))
for row, document in enumerate(documents):
    present[row, [classes.index(index) for index in document]] = 1
together = present.T @ present
single = np.diag(together)
with np.errstate(divide="ignore", invalid="ignore"):
    similarity = {
        "count": together,
        "jaccard": together / (single[:, None] + single[None, :] - together),
        "pmi": np.log(together * len(documents) / np.outer(single, single))
        / -np.log(together / len(documents)),
    }[sys.argv[2]]
similarity = np.where(together > 0, np.maximum(similarity, 0), 0)
top = similarity.max() + 1
distance = top - similarity
np.fill_diagonal(distance, 0)
merges = linkage(squareform(distance, checks=False), method="average")
heights = top - merges[:, 2]
cuts = [fcluster(merges, count, criterion="maxclust").tolist() for count in (14, 25)]
graph = networkx.Graph()
graph.add_nodes_from(range(len(classes)))
for i in range(len(classes)):
    for j in range(i):
        if together[i, j] > 0:
            graph.add_edge(i, j, weight=together[i, j])
modularity = [
    networkx.community.modularity(
        graph, [{i for i, own in enumerate(cut) if own == c} for c in set(cut)], resolution=resolution)
    for cut in cuts for resolution in (1, 2.5)
]
json.dump({"classes": classes, "heights": [h for h in heights.tolist() if h > 1e-9], "cuts": cuts,
           "modularity": modularity}, open(sys.argv[3], "w"))
