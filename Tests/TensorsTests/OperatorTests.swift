import Testing

@testable import Tensors

/// Calls by schema name, and what they say when they fail.
@Suite struct OperatorTests {
  let pair: Tensor
  let triple: Tensor

  init() throws {
    pair = try Tensor([1, 2] as [Float], shape: [2])
    triple = try Tensor([1, 2, 3] as [Float], shape: [3])
  }

  @Test func `arguments go by name or position, and the rest take their defaults`() throws {
    let add = try Operator("aten::add", overload: "Tensor")
    let byName = try add([("other", .tensor(pair)), ("self", .tensor(pair)), ("alpha", .int(3))])
    #expect(try byName.first?.tensor?.floats() == [4, 8])
    #expect(try add.tensor([.tensor(pair), .tensor(pair)]).floats() == [2, 4])
  }

  @Test func `a number stands for a tensor and gives way to the other's type`() throws {
    let add = try Operator("aten::add", overload: "Tensor")
    let sum = try add.tensor([.tensor(pair), .double(0.5)])
    #expect(sum.elementType == .float32)
    #expect(try sum.floats() == [1.5, 2.5])
    let bytes = try Tensor([1, 2] as [UInt8], shape: [2])
    #expect(try add.tensor([.tensor(bytes), .int(1)]).elementType == .uint8)
  }

  @Test func `a number stands for a list of equal ones`() throws {
    let pool = try Operator("aten::avg_pool2d")
    let picture = try Tensor([1, 2, 3, 4] as [Float], shape: [1, 1, 2, 2])
    #expect(try pool.tensor([.tensor(picture), .int(2)]).floats() == [2.5])
  }

  @Test func `lists, several results and no result come back`() throws {
    let split = try Operator("aten::split", overload: "Tensor")
    guard case .tensors(let parts) = try split([(nil, .tensor(triple)), (nil, .int(2))])[0] else {
      Issue.record("no list")
      return
    }
    #expect(parts.map { $0?.shape } == [[2], [1]])
    let maximum = try Operator("aten::max", overload: "dim")
    #expect(try maximum([(nil, .tensor(triple)), (nil, .int(0))]).count == 2)
  }

  @Test func `operators say what they write to and what they view`() throws {
    #expect(try Operator("aten::add_", overload: "Tensor").writtenArgument == 0)
    #expect(try Operator("aten::view").viewedArgument == 0)
    #expect(try Operator("aten::relu").writtenArgument == nil)
    #expect(try Operator("aten::relu").viewedArgument == nil)
  }

  @Test func `an unknown operator is named`() throws {
    let error = #expect(throws: TensorError.self) { try Operator("aten::rellu", overload: "x") }
    #expect(error?.description.contains("“aten::rellu.x”") == true)
  }

  @Test func `shapes that do not fit are told in libtorch's words`() throws {
    let error = #expect(throws: TensorError.self) { try pair + triple }
    #expect(
      error?.description == "libtorch refused “aten::add.Tensor”: The size of tensor a (2) must "
        + "match the size of tensor b (3) at non-singleton dimension 0")
  }

  @Test func `missing, wrongly named and superfluous arguments are named`() throws {
    let add = try Operator("aten::add", overload: "Tensor")
    let missing = #expect(throws: TensorError.self) { try add.tensor([.tensor(pair)]) }
    #expect(
      missing?.description == "libtorch refused “aten::add.Tensor”: argument 'other' is missing")
    let wrong = #expect(throws: TensorError.self) {
      try add([(nil, .tensor(pair)), ("another", .tensor(pair))])
    }
    #expect(wrong?.description.contains("there is no argument 'another'") == true)
    let many = #expect(throws: TensorError.self) {
      try Operator("aten::relu").tensor([.tensor(pair), .tensor(pair)])
    }
    #expect(many?.description.contains("too many arguments for aten::relu") == true)
  }

  @Test(arguments: [Value.string("a"), .ints([1]), .doubles([1]), .none, .tensors([nil])])
  func `an argument of another kind is refused`(value: Value) throws {
    #expect(throws: TensorError.self) { try Operator("aten::relu").tensor([value]) }
    #expect(throws: TensorError.self) {
      try Operator("aten::select", overload: "int").tensor([.tensor(pair), .int(0), value])
    }
  }

  @Test func `devices are read as libtorch writes them`() {
    #expect(Device("cpu") == .cpu)
    #expect(Device("cuda") == .cuda(0))
    #expect(Device("cuda:3") == .cuda(3))
    for word in ["", "gpu", "cuda:", "cuda:-1", "cuda:x", "CPU"] { #expect(Device(word) == nil) }
    #expect(Device.cuda(2).description == "cuda:2")
    #expect(Device.available.first == .cpu)
  }
}
