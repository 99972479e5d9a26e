/// Which Rather this is.
public enum Release {
  /// The version, as manifests and `rather --version` give it.
  public static let version = "0.2.0"
}
