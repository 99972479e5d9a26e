#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// The natural logarithm of the system's mathematics library.
@inline(__always) func logarithm(_ x: Double) -> Double { log(x) }
