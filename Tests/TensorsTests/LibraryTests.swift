#if os(Linux)
  import Foundation
  import Tensors
  import TestSupport
  import Testing

  /// Which libtorch is loaded: the linker was told by an import library that holds nothing but names.
  @Suite struct LibraryTests {
    @Test func `libtorch is that of the project, with the library that names all devices`() throws {
      #expect(!LibTorch.version.isEmpty)
      // The file says that it has no bytes, so it is read to its end.
      let bytes = try FileHandle(forReadingFrom: URL(filePath: "/proc/self/maps")).readToEnd()
      let maps = String(decoding: try #require(bytes), as: UTF8.self)
      let loaded = Set(
        maps.split(separator: "\n").compactMap { $0.split(separator: " ").last.map(String.init) }
          .filter { $0.contains("/libtorch") || $0.contains("/libc10") })
      let folder = References.package.appending(path: ".libtorch/lib").resolvingSymlinksInPath()
      for name in ["libtorch.so", "libtorch_cpu.so", "libc10.so"] {
        #expect(loaded.contains(folder.appending(path: name).path), "\(name): \(loaded)")
      }
      // The import library itself has no code that could be loaded.
      #expect(!maps.contains("librather-libtorch"))
      // Where the build is one for graphics cards, their kernels came along.
      let cards = folder.appending(path: "libtorch_cuda.so").path
      #expect(loaded.contains(cards) == FileManager.default.fileExists(atPath: cards))
    }
  }
#endif
