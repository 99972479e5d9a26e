// One import for all libraries of Rather, with what makes the usual questions one line.
@_exported public import Confusion
@_exported public import Contrast
@_exported public import Counterfactuals
@_exported public import Datasets
@_exported public import Documents
@_exported public import Evaluation
@_exported public import Faithfulness
@_exported public import Files
@_exported public import Imagery
@_exported public import Networks
@_exported public import Report
@_exported public import Saliency
@_exported public import Sessions
@_exported public import Statistics
@_exported public import Tensors
@_exported public import Terms
@_exported public import Training
