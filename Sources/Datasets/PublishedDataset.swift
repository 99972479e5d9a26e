internal import Files
internal import Foundation

/// A data set of the MNIST family that anyone can have: 70,000 grey pictures of 28 × 28.
public enum PublishedDataset: String, CaseIterable, Sendable {
  case fashionMNIST = "fashion-mnist"
  case mnist

  /// The four files, as everyone names them.
  public static let files = [
    "train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte",
    "t10k-labels-idx1-ubyte",
  ]

  /// SHA-256 of each file's contents, decompressed; packers compress them differently.
  public var checksums: [String] {
    switch self {
    case .fashionMNIST:
      [
        "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
        "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
        "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
        "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
      ]
    case .mnist:
      [
        "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
        "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
        "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
        "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
      ]
    }
  }

  /// The names of the ten classes.
  public var classNames: [String] {
    switch self {
    case .fashionMNIST:
      [
        "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag",
        "Ankle boot",
      ]
    case .mnist: (0...9).map(String.init)
    }
  }

  /// Where the system's package puts it (Debian and Ubuntu: `dataset-fashion-mnist`).
  public var systemFolder: String? {
    self == .fashionMNIST ? "/usr/share/datasets/fashion-mnist" : nil
  }

  /// The public source; a file's name and `.gz` follow.
  public var publicSource: String {
    switch self {
    case .fashionMNIST: "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"
    case .mnist: "https://storage.googleapis.com/cvdf-datasets/mnist/"
    }
  }

  /// The folder that `rather data fetch` fills: `$RATHER_CACHE`, or `rather` in the user's cache.
  public var cacheFolder: String {
    let environment = ProcessInfo.processInfo.environment
    let root =
      environment["RATHER_CACHE"]
      ?? (environment["XDG_CACHE_HOME"] ?? NSHomeDirectory() + "/.cache") + "/rather"
    return "\(root)/datasets/\(rawValue)"
  }

  /// The path of a file in a folder, gzipped or plain; `nil` where neither is there.
  ///
  /// Some unpackers and mirrors write a dot before `idx`: `train-images.idx3-ubyte`.
  public static func path(of file: String, in folder: String) -> String? {
    [file, file.replacing("-idx", with: ".idx")]
      .flatMap { ["\(folder)/\($0).gz", "\(folder)/\($0)"] }
      .first { FileManager.default.fileExists(atPath: $0) }
  }

  /// Loads the data set from the first place that has it: `folder`, the cache, the system package.
  ///
  /// - Throws: ``DatasetError/notFound(_:tried:)``, ``DatasetError/checksum(_:found:expected:)``.
  public func load(from folder: String? = nil) throws -> Dataset {
    let places = folder.map { [$0] } ?? [cacheFolder, systemFolder].compactMap(\.self)
    for place in places {
      let paths = Self.files.compactMap { Self.path(of: $0, in: place) }
      guard paths.count == Self.files.count else { continue }
      let parts = try zip(paths, checksums).map { path, checksum in
        let bytes = try ByteStream.contents(path, atMost: IDX.limit)
        let found = SHA256.hex(of: bytes)
        guard found == checksum else {
          throw DatasetError.checksum(path, found: found, expected: checksum)
        }
        return try IDX(decoding: bytes, named: path)
      }
      return Dataset(
        name: rawValue, train: try PictureSet(parts[0], parts[1], classNames, named: rawValue),
        test: try PictureSet(parts[2], parts[3], classNames, named: rawValue))
    }
    throw DatasetError.notFound(rawValue, tried: places)
  }
}
