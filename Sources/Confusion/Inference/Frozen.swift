/// An array that lies still in memory, for loops that read it through a pointer.
///
/// `@unchecked Sendable`: nothing writes to it after `init`.
final class Frozen<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  let base: UnsafePointer<Element>
  let count: Int

  init(_ elements: [Element]) {
    let storage = UnsafeMutablePointer<Element>.allocate(capacity: max(elements.count, 1))
    storage.initialize(from: elements, count: elements.count)
    (base, count) = (UnsafePointer(storage), elements.count)
  }

  deinit { UnsafeMutablePointer(mutating: base).deallocate() }

  subscript(_ index: Int) -> Element { base[index] }
}
