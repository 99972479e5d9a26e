internal import Tensors

extension Operator {
  /// Fails for an argument that stands for one of several choices and is none of them.
  ///
  /// libtorch takes such numbers as they come: an element type of −2 reads beyond a table.
  /// - Throws: ``NetworkError/enumeration(_:value:at:expected:)``.
  func checkEnumerations(
    _ arguments: [(name: String, value: NodeArgument)], at node: String
  ) throws(NetworkError) {
    for (index, parameter) in parameters.enumerated() {
      guard let choice = OperatorChoice(parameter, of: name),
        let value = place(of: index, in: arguments).map({ arguments[$0].value })
      else { continue }
      switch value {
      case .constant(.none): continue
      case .constant(.int(let number)) where choice.numbers.contains(number): continue
      case .constant(let other):
        throw .enumeration(
          parameter.name, value: Self.text(of: other), at: node, expected: choice.description)
      default:
        throw .enumeration(
          parameter.name, value: "a number that is computed", at: node, expected: choice.description
        )
      }
    }
  }

  private static func text(of value: Value) -> String {
    switch value {
    case .int(let number): String(number)
    case .double(let number): String(number)
    case .bool(let flag): String(flag)
    case .string(let text): "“\(text)”"
    default: "another kind of value"
    }
  }
}

/// Numbers of which each stands for a choice.
struct OperatorChoice: Sendable {
  /// Those that stand for something.
  let numbers: Set<Int>
  /// What they are, for the message.
  let description: String

  /// The choices of a parameter, by its type, and where schemas only say `int`, by its name; `nil`
  /// for a parameter of any other kind.
  init?(_ parameter: Operator.Parameter, of name: String) {
    switch parameter.kind {
    // Numbers, complex numbers and truths (`c10::ScalarType`); not those that are quantised.
    case .elementType: self.init(Set(0...11).union([15]), "an element type")
    case .layout: self.init([0], "the layout of dense tensors")
    case .memoryFormat: self.init(Set(0...3), "a memory format")
    case .integer:
      guard Self.byName.contains(parameter.name) else { return nil }
      // Padding is constant, or one of three kinds.
      let most = name == "aten::_pad_enum" ? 3 : 2
      self.init(Set(0...most), "from 0 to \(most)")
    case .other: return nil
    }
  }

  private init(_ numbers: Set<Int>, _ description: String) {
    self.numbers = numbers
    self.description = description
  }

  /// Of losses, of `grid_sampler`, of `embedding_bag`, of Fourier transforms.
  private static let byName: Set<String> = [
    "reduction", "interpolation_mode", "padding_mode", "mode", "normalization",
  ]
}
