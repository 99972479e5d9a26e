internal import CLibTorch

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Lays Swift values out as the door reads them, and keeps the memory until the call is over.
struct ArgumentPacker {
  private var blocks: [UnsafeMutableRawPointer] = []

  mutating func pack(_ value: Value, named name: String?) -> ct_argument {
    var packed = ct_value()
    packed.kind = CT_NONE
    switch value {
    case .none: break
    case .tensor(let tensor):
      packed.kind = CT_TENSOR
      packed.tensor = tensor.handle.box
    case .int(let integer):
      packed.kind = CT_INT
      packed.integer = Int64(integer)
    case .double(let real):
      packed.kind = CT_DOUBLE
      packed.real = real
    case .bool(let flag):
      packed.kind = CT_BOOL
      packed.integer = flag ? 1 : 0
    case .string(let text):
      packed.kind = CT_STRING
      packed.string = copied(text)
    case .device(let device):
      packed.kind = CT_DEVICE
      packed.string = copied(device.description)
    case .ints(let list):
      packed.kind = CT_INTS
      packed.count = Int64(list.count)
      packed.integers = UnsafePointer(copied(list.map(Int64.init)))
    case .bools(let list):
      packed.kind = CT_BOOLS
      packed.count = Int64(list.count)
      packed.integers = UnsafePointer(copied(list.map { $0 ? Int64(1) : 0 }))
    case .doubles(let list):
      packed.kind = CT_DOUBLES
      packed.count = Int64(list.count)
      packed.reals = UnsafePointer(copied(list))
    case .tensors(let list):
      packed.kind = CT_TENSORS
      packed.count = Int64(list.count)
      packed.tensors = copied(list.map { $0?.handle.box })
    }
    return ct_argument(name: name.flatMap { copied($0) }, value: packed)
  }

  func free() {
    for block in blocks { block.deallocate() }
  }

  private mutating func copied<Element: BitwiseCopyable>(
    _ list: [Element]
  ) -> UnsafeMutablePointer<Element> {
    let memory = UnsafeMutablePointer<Element>.allocate(capacity: max(list.count, 1))
    memory.initialize(from: list, count: list.count)
    blocks.append(UnsafeMutableRawPointer(memory))
    return memory
  }

  private mutating func copied(_ text: String) -> UnsafePointer<CChar> {
    UnsafePointer(copied(text.utf8CString.map { $0 }))
  }
}
