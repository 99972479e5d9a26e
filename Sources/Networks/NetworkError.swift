public import Files
public import Tensors
public import Terms

/// What can be wrong with a network's file, or go wrong while it runs.
public enum NetworkError: Hashable, Sendable {
  case missingFile(String)
  /// No plain file, or one that may not be read.
  case unreadable(String, reason: String)
  /// Not a zip archive, or one that was cut off.
  case notAnArchive(String)
  /// A zip archive that `torch.export` did not write, or an older PyTorch did.
  case notAnExport(String, lacking: String)
  /// The archive's records are damaged, too long, or may not be read.
  case archive(ZipError)
  /// The records are many times as long as the file.
  case unpacking(String, byteCount: Int, fileByteCount: Int)
  /// An archive of several networks.
  case severalGraphs([String], in: String)
  /// A file of another kind.
  case otherFile(String, FileKind)
  /// The graph's JSON is not what its schema says.
  case malformedGraph(String, detail: String)
  case schema(String, major: Int, supported: Int)
  case missingWeight(String, of: String)
  /// A declared form that does not fit the stored bytes.
  case weightForm(String, detail: String)
  case unsupportedWeight(String, reason: String)
  case unknownOperator(String, at: String)
  /// An operator that no network may call; `module` is the path of the module that calls it.
  case forbiddenOperator(
    String, at: String, module: String, of: String, reason: OperatorRefusal)
  /// A number that stands for one of several choices, and for none of them.
  case enumeration(String, value: String, at: String, expected: String)
  case unsupportedArgument(kind: String, at: String)
  /// A node reads a value that no earlier node makes.
  case undefinedValue(String, at: String)
  /// A node does what is only done while training, such as dropping values at random.
  case trainingMode(at: String)
  case inputs(count: Int)
  /// It has several inputs, and one tensor was given without a name.
  case severalInputs([String])
  case unknownInput(String, known: [String])
  case missingInput(String)
  /// An input of whole numbers was given others.
  case inputType(String, ElementType)
  /// A free length that an earlier input has too differs there.
  case inputLengths(String, Int, Int)
  /// A program does not hold what runs rely on.
  case invariant(String, at: String)
  case noTensorOutput
  case inputShape([Int], expected: [Int?])
  /// The network was exported for a fixed number of pictures at once, more than one.
  case batchLength(Int)
  /// Passes in bfloat16 were asked for and cannot be had.
  case bfloat16(reason: String)
  case node(String, TensorError)
  /// Arguments that libtorch does not check, and that are wrong.
  case arguments(of: String, at: String, detail: String)
  case unknownLayer(String, nearest: [String])
  /// No layer that the output is made of is a stack of maps over the picture.
  case noSpatialLayer
  /// A layer's output is no stack of maps over the picture.
  case notSpatial(String, MapFault)
  case layerDoesNotReachOutput(String)
  /// libtorch cannot differentiate what the network does.
  case noGradient(TensorError)
  /// A method that walks backward by rules has none for an operator.
  case noRule(operation: String, at: String)
  case outputShape([Int], task: String)
  /// The output's numbers are complex or whole.
  case outputType
  /// The card calls the output probabilities, and it is something else.
  case notProbabilities(sum: Float)
  /// The card calls the output logarithms of probabilities, and it is something else; what they sum to.
  case notLogProbabilities(logarithm: Float)
  /// The card calls the output probabilities of sigmoids, and this is one of its numbers.
  case notChances(Float)
  /// The card says that each label has a sigmoid of its own, and the numbers sum to 1.
  case choiceCalledChances
  /// One of several values is explained, and nobody said which.
  case severalValues([String])
  /// The network gives a vector, and nothing says what it is compared with.
  case noReferences(length: Int)
  /// References were given to a network that gives no vectors to compare.
  case noEmbedding
  /// The vector is zero, which is like nothing.
  case emptyVector
  /// A reference that cannot be used.
  case reference(String, reason: String)
  /// No place of the output was chosen.
  case noPlace
  /// Another number of places was chosen than the output has.
  case placeCount(Int, output: Int)
  /// The card calls the output logits, and it is probabilities.
  case probabilitiesCalledLogits
  /// The probability of classes is 0 in a float, and nothing says how far below.
  case vanished(String)
  /// The output holds a NaN or an infinity.
  case notFinite
}

extension NetworkError: Fault {
  /// Whose the fault is.
  public var kind: FaultKind {
    switch self {
    case .severalValues, .noPlace, .noReferences, .noEmbedding, .reference, .noRule, .bfloat16,
      .unknownLayer, .notSpatial, .noSpatialLayer,
      .layerDoesNotReachOutput:
      .usage
    default: .data
    }
  }

  /// One sentence that says what was wrong and what to do.
  public var description: String {
    switch self {
    case .missingFile, .unreadable, .notAnArchive, .notAnExport, .otherFile, .archive, .unpacking,
      .severalGraphs,
      .malformedGraph, .schema:
      fileDescription
    case .missingWeight, .weightForm, .unsupportedWeight, .unknownOperator, .forbiddenOperator,
      .enumeration, .unsupportedArgument, .undefinedValue,
      .trainingMode, .noTensorOutput:
      contentDescription
    case .inputs, .severalInputs, .unknownInput, .missingInput, .inputType, .inputLengths,
      .invariant:
      portDescription
    default: runDescription
    }
  }

  private var fileDescription: String {
    switch self {
    case .missingFile(let path): "there is no network at \(path); check the path"
    case .unreadable(let path, let reason): "the network \(path) cannot be read: \(reason)"
    case .notAnArchive(let path):
      "\(path) is not a readable .pt2 archive; it may be cut off or another kind of file. "
        + "`rather export` prints the lines of Python that make one"
    case .notAnExport(let path, let lacking):
      "\(path) is an archive but has no \(lacking); save the network with torch.export.save "
        + "of PyTorch 2.8 or later"
    case .archive(let fault): fault.description
    case .unpacking(let path, let count, let fileCount):
      "\(path) is refused: its \(fileCount) bytes unpack to \(count), more than a network's do"
    case .severalGraphs(let names, let path):
      "\(path) holds \(names.count) networks (\(names.joined(separator: ", "))), and Rather reads "
        + "files of one; save the one to explain by torch.export.save"
    case .otherFile(let path, let kind):
      "\(path) is not an archive of torch.export: it is \(kind)"
    case .malformedGraph(let path, let detail):
      "the graph in \(path) cannot be understood (\(detail)); export the network again"
    case .schema(let path, let major, let supported):
      "\(path) is written in schema \(major) of torch.export, and Rather reads schema "
        + "\(supported); export it with PyTorch 2.13"
    default: ""
    }
  }

  private var contentDescription: String {
    switch self {
    case .missingWeight(let name, let path):
      "\(path) lacks the weight “\(name)” that its graph reads; export the network again"
    case .weightForm(let name, let detail):
      "the weight “\(name)” does not have the form that the archive declares: \(detail); "
        + "the file is damaged, export the network again"
    case .unsupportedWeight(let name, let reason):
      "the weight “\(name)” cannot be read: \(reason)"
    case .unknownOperator(let name, _)
    where name.hasPrefix("quantized") || name.hasPrefix("torchao"):
      "this network is quantised: it calls “\(name)”; export it as it was before it was quantised"
    case .unknownOperator(let name, let node):
      "the node “\(node)” calls “\(name)”, an operator that this libtorch (\(LibTorch.version)) "
        + "does not have; export the network without it"
    case .forbiddenOperator(let name, let node, let module, let path, let reason):
      "\(path) is refused: its node “\(node)”\(module.isEmpty ? "" : " in the module “\(module)”") "
        + "calls “\(name)”, which no network may call, for \(reason.rawValue)"
    case .enumeration(let name, let value, let node, let expected):
      "the node “\(node)” is given \(value) as “\(name)”, which is not \(expected); the file is "
        + "damaged"
    case .unsupportedArgument(let kind, let node):
      "the node “\(node)” takes an argument of kind \(kind), which Rather does not read; "
        + "export the network without control flow or custom objects"
    case .undefinedValue(let name, let node):
      "the node “\(node)” reads “\(name)”, which nothing before it makes; the file is damaged"
    case .trainingMode(let node):
      "the node “\(node)” is in training mode, where answers change from run to run; "
        + "call model.eval() before exporting the network"
    default: "the network's output is not a tensor; export a wrapper that returns the logits"
    }
  }

  private var portDescription: String {
    switch self {
    case .inputs(let count):
      "the network takes \(count) inputs, and Rather explains networks that take one, a picture; "
        + "export a wrapper that has one input"
    case .severalInputs(let known):
      "the network takes several inputs, \(known.joined(separator: ", ")); give each by its name"
    case .unknownInput(let name, let known):
      "the network has no input “\(name)”; it takes \(known.joined(separator: ", "))"
    case .missingInput(let port): "the network's input \(port) is not given"
    case .inputType(let port, let type):
      "the network's input \(port) takes numbers of the type \(type), and was given floating-point ones"
    case .inputLengths(let port, let known, let actual):
      "the network's input \(port) has a length of \(actual) where an earlier input has \(known), and "
        + "the two must be equal"
    case .invariant(let detail, let node):
      "the program is not whole: at “\(node)”, \(detail); the file is damaged"
    default: ""
    }
  }

  private var runDescription: String {
    switch self {
    case .inputShape(let shape, let expected):
      "the network expects an input of shape \(expected.shapeText), and was given \(shape); "
        + "check the card's height, width and channels"
    case .batchLength(let length):
      "the network takes exactly \(length) pictures at once, and Rather asks about one; export it "
        + "with a batch of any length, or of one"
    case .bfloat16(let reason):
      "bfloat16 cannot be had: \(reason); choose precision=float32"
    case .arguments(let operation, let node, let detail):
      "the network failed at “\(node)”: “\(operation)” cannot be called so, for \(detail)"
    case .node(let name, let error): "the network failed at “\(name)”: \(error)"
    case .unknownLayer(let name, let nearest):
      "the network has no layer named “\(name)”"
        + (nearest.isEmpty
          ? "; `rather network inspect` lists its layers"
          : "; did you mean \(nearest.joined(separator: ", "))?")
    case .noSpatialLayer:
      "this network has no layer that Rather can explain at by itself, for none of its values is known to hold "
        + "channels at several places of the picture; explainers that need no layer answer: rise, lime, "
        + "occlusion or pda, or gradients such as saliency"
    case .notSpatial(let name, let fault):
      "the output of “\(name)” \(fault), so it cannot be drawn over a picture; "
        + "`rather network inspect` marks the layers that can"
    case .layerDoesNotReachOutput(let name):
      "the output does not depend on “\(name)”, or only through what the network does without "
        + "gradients (torch.no_grad, detach); name a layer on the way to the output, and behind that"
    case .noGradient(let error):
      "the network cannot be differentiated, as where it writes to memory that its gradient would "
        + "read; choose a method without gradients, such as rise, or a layer behind that: \(error)"
    case .noRule(let operation, let node):
      "this method has no rule for the operator “\(operation)” at “\(node)”; explainers that need no rules "
        + "answer: grad-cam, integrated-gradients, rise or occlusion"
    case .outputShape(let shape, let task):
      "the output has shape \(shape), which is not what the card's task “\(task)” gives for one "
        + "picture"
    case .outputType:
      "the network's output is not what its file declares: its numbers are complex or whole; export a "
        + "wrapper that returns real numbers"
    case .notProbabilities(let sum):
      "the card says that the output is probabilities, but it sums to \(sum) or leaves 0…1; "
        + "if the network has no softmax at its end, its output is “logits”"
    case .notLogProbabilities(let logarithm):
      "the card says that the output is logarithms of probabilities, but these sum to e^\(logarithm); if the "
        + "network has no log_softmax at its end, its output is “logits”"
    case .notChances(let number):
      "the card says that the output is probabilities of sigmoids, but it holds \(number); if the network has "
        + "no sigmoid at its end, its output is “sigmoid-logits”"
    case .choiceCalledChances:
      "the card says that each label has a sigmoid of its own, but the output's numbers lie in 0…1 and sum to "
        + "1, as those of classes do that exclude each other; its output is “probabilities”"
    case .severalValues(let names):
      "this network gives several values, \(names.joined(separator: ", ")); name the one that is asked about "
        + "with --why"
    case .noReferences(let length):
      "this network gives a vector of \(length) numbers for each picture; say what it is compared with by --references, "
        + "or in the card, as in \"references\": [\"cellos/\", \"violin.jpg\", \"vectors.npz\"]"
    case .noEmbedding:
      "references are what an embedding is compared with, and this network gives none, as its card says; leave "
        + "--references out, or say --head embedding"
    case .emptyVector:
      "the network's vector for this picture is zero, which is like nothing; are weights and card those of the network?"
    case .reference(let name, let reason): "the reference \(name) cannot be used: \(reason)"
    case .noPlace:
      "none of the network's places lies where the question asks; name places inside the part of the picture that "
        + "it sees"
    case .placeCount(let count, let known):
      "\(count) places were weighed, and the output has \(known) for this picture"
    case .probabilitiesCalledLogits:
      "the card says that the output is logits, but its numbers lie in 0…1 and sum to 1, as "
        + "probabilities do; if the network ends in a softmax, its output is “probabilities”"
    case .vanished(let name):
      "the network's probability of \(name) is below the smallest number that it can give, or too near to 1 to "
        + "be told from it, so how likely it is beside others cannot be known; export the network without what "
        + "turns its logits into probabilities"
    default:
      "the network's output is not a number (NaN or infinite); check the card's mean and std, "
        + "and the weights"
    }
  }
}
