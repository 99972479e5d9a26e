#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension Picture {
  /// The picture in CIELAB under daylight D65: all L (0…100), then all a, then all b.
  ///
  /// sRGB by IEC 61966-2-1; Lab by CIE 15, with f(t) = ∛t above (6/29)³ and its tangent below.
  var labPlanes: [Double] {
    let count = width * height
    var planes = [Double](repeating: 0, count: count * 3)
    let linear = (0...255).map { byte in
      let c = Double(byte) / 255
      return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4)
    }
    func f(_ t: Double) -> Double {
      t > 216.0 / 24389 ? cbrt(t) : t * 841 / 108 + 4.0 / 29
    }
    for i in 0..<count {
      let r = linear[Int(pixels[i * 3])]
      let g = linear[Int(pixels[i * 3 + 1])]
      let b = linear[Int(pixels[i * 3 + 2])]
      let x = f((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047)
      let y = f(0.2126729 * r + 0.7151522 * g + 0.0721750 * b)
      let z = f((0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883)
      planes[i] = 116 * y - 16
      planes[count + i] = 500 * (x - y)
      planes[count * 2 + i] = 200 * (y - z)
    }
    return planes
  }
}
