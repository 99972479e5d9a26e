extension Picture {
  /// Whether a file's name ends like a picture's.
  public static func isLikelyPicture(_ name: String) -> Bool {
    let ending = name.split(separator: ".").last?.lowercased() ?? ""
    return ["jpg", "jpeg", "png", "webp", "bmp", "gif"].contains(ending)
  }
}
