// swift-tools-version: 6.2
import PackageDescription

// `make bootstrap` writes the file. A package that was fetched as a dependency has none in its own folder, and a path with a
// blank in it cannot be named: in both cases PKG_CONFIG_PATH says where the file is.
let isNamed = ["/checkouts/", " "].contains { Context.packageDirectory.contains($0) }
let libtorch =
  isNamed
  ? "rather-libtorch" : Context.packageDirectory + "/.pkgconfig/rather-libtorch.pc"

// `RATHER_WARNINGS=error` makes errors of our own warnings, and not of those of dependencies.
let isStrict = Context.environment["RATHER_WARNINGS"] == "error"

let swift: [SwiftSetting] =
  [
    .enableUpcomingFeature("ExistentialAny"),  // SE-0335
    .enableUpcomingFeature("MemberImportVisibility"),  // SE-0444
    .enableUpcomingFeature("InternalImportsByDefault"),  // SE-0409
  ] + (isStrict ? [.treatAllWarnings(as: .error)] : [])

let cxx: [CXXSetting] = isStrict ? [.treatAllWarnings(as: .error)] : []

func library(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: swift)
}

func example(_ name: String) -> Target {
  .executableTarget(
    name: name, dependencies: ["Rather"], path: "Examples/" + name, swiftSettings: swift)
}

func system(_ name: String, _ pkgConfig: String?, _ debian: String) -> Target {
  .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([debian])])
}

func tests(
  _ name: String, _ dependencies: [Target.Dependency], beside others: [String] = []
) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: dependencies + ["TestSupport"], exclude: others,
    swiftSettings: swift)
}

// What the page of the workbench is made of; the program holds it.
let page = [
  "answers.js", "api.js", "app.js", "ask.js", "bars.js", "brush.css", "brush.js", "chart.css",
  "chart.js", "chooser.js", "colors.js", "compare.css", "compare.js", "confusions.css",
  "confusions.js", "crop.css", "crop.js", "dendrogram.css", "dendrogram.js", "documents.js",
  "dom.js", "drag.js", "example.css", "example.js", "export-figure.js", "export-pdf.js",
  "export-svg.js", "export.js", "index.html", "inputs.js", "keep.js", "layers.js", "login.mustache",
  "look.js", "maps.js", "mask.js", "method.js", "notes.js", "numbers.js", "overlay.js", "pieces.js",
  "probe.js", "question.js", "records.js", "region.js", "runs.css", "runs.js", "sliders.js",
  "stages.js", "state.js", "style.css", "support.js", "tabs.js", "tree.js", "views.js", "whole.css",
  "whole.js", "zoom.js",
]

let package = Package(
  name: "rather",
  products: [
    .executable(name: "rather", targets: ["rather"]),
    .library(
      name: "Rather",
      targets: [
        "Rather", "Terms", "Tensors", "Networks", "Imagery", "Saliency", "Confusion", "Documents",
        "Contrast", "Counterfactuals", "Faithfulness", "Evaluation", "Report", "Statistics",
        "Files", "Datasets", "Training", "Sessions",
      ]),
    // Learning from documents, and tests and intervals: neither needs libtorch.
    .library(name: "RatherConfusion", targets: ["Confusion", "Files", "Terms"]),
    .library(name: "RatherStatistics", targets: ["Statistics", "Terms"]),
    // Running networks of `torch.export`, and explaining their scores, without questions and reports.
    .library(
      name: "RatherNetworks", targets: ["Networks", "Imagery", "Tensors", "Files", "Terms"]),
    .library(
      name: "RatherSaliency",
      targets: ["Saliency", "Networks", "Imagery", "Tensors", "Files", "Terms"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    // They come with Hummingbird.
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    // The macro makes libtorch's headers name only the operators that they use, which halves the time they take.
    .target(
      name: "CLibTorch", dependencies: ["CTorch"],
      cxxSettings: cxx + [.define("AT_PER_OPERATOR_HEADERS")]),
    .systemLibrary(name: "CTorch", pkgConfig: libtorch),
    // Rights that a process gives up, by Linux's Landlock.
    .target(name: "CLandlock"),
    // Distributions, from Boost.Math.
    .target(name: "CBoostMath", cxxSettings: cxx),
    // Its pkg-config file names a flag that Swift packages may not have; the headers lie where others do.
    system("CGD", nil, "libgd-dev"),
    system("CPNG", "libpng", "libpng-dev"),
    system("CExif", "libexif", "libexif-dev"),
    system("CVLFeat", nil, "libvlfeat-dev"),
    system("CZlib", "zlib", "zlib1g-dev"),
    system("CZip", "libzip", "libzip-dev"),
    system("CDeflate", "libdeflate", "libdeflate-dev"),
    system("CCrypto", "libcrypto", "libssl-dev"),
    // The part of it that keeps secrets; whoever only takes checksums does without.
    system("CSecrets", "libcrypto", "libssl-dev"),

    library("Terms", []),
    library("Tensors", ["CLibTorch", "Terms"]),
    library("Files", ["CZlib", "CZip", "CDeflate", "CCrypto", "CLandlock", "Terms"]),
    library("Imagery", ["Tensors", "Terms", "CGD", "CPNG", "CExif", "CVLFeat"]),
    library("Networks", ["Files", "Imagery", "Tensors", "Terms"]),
    library("Saliency", ["Imagery", "Networks", "Tensors", "Terms"]),
    library("Confusion", ["Files", "Terms"]),
    library("Documents", ["Confusion", "Files", "Imagery", "Networks", "Tensors", "Terms"]),
    library("Contrast", ["Confusion", "Saliency", "Networks", "Tensors", "Terms"]),
    library("Statistics", ["CBoostMath", "Terms"]),
    library(
      "Faithfulness",
      ["Contrast", "Imagery", "Networks", "Saliency", "Statistics", "Tensors", "Terms"]),
    library(
      "Evaluation",
      [
        "Confusion", "Contrast", "Documents", "Faithfulness", "Files", "Imagery", "Networks",
        "Saliency", "Statistics", "Tensors", "Terms", .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    library(
      "Counterfactuals", ["Contrast", "Imagery", "Networks", "Saliency", "Tensors", "Terms"]),
    library("Datasets", ["Files", "Imagery", "Terms"]),
    library("Training", ["Datasets", "Imagery", "Networks", "Tensors", "Terms"]),
    library(
      "Report",
      [
        "Confusion", "Contrast", "Counterfactuals", "Evaluation", "Faithfulness", "Files",
        "Imagery", "Networks", "Saliency", "Statistics", "Tensors", "Terms",
      ]),
    // What the command does, as requests.
    library(
      "Sessions",
      [
        "Confusion", "Contrast", "Counterfactuals", "Datasets", "Documents", "Evaluation",
        "Faithfulness", "Files", "Imagery", "Networks", "Report", "Saliency", "Tensors", "Terms",
        "Training",
      ]),
    // The page on this machine, on requests.
    .target(
      name: "Workbench",
      dependencies: [
        "CSecrets", "Confusion", "Contrast", "Counterfactuals", "Evaluation", "Faithfulness",
        "Files",
        "Imagery",
        "Networks", "Report", "Saliency", "Sessions", "Terms",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "Metrics", package: "swift-metrics"),
        .product(name: "Mustache", package: "swift-mustache"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
      ],
      resources: [.embedInCode("Interface/openapi.json")]
        + page.map { .embedInCode("Page/\($0)") }, swiftSettings: swift),
    // All libraries by one import.
    library(
      "Rather",
      [
        "Confusion", "Contrast", "Counterfactuals", "Datasets", "Documents", "Evaluation",
        "Faithfulness", "Files", "Imagery", "Networks", "Report", "Saliency", "Sessions",
        "Statistics", "Tensors", "Terms", "Training",
      ]),
    example("explain-photo"),
    example("ask-many"),
    example("learn-tree"),
    example("score-map"),
    example("own-explainer"),
    .executableTarget(
      name: "rather",
      dependencies: [
        "Confusion", "Contrast", "Counterfactuals", "Datasets", "Documents", "Evaluation",
        "Faithfulness", "Files",
        "Imagery", "Networks", "Report", "Saliency", "Sessions", "Statistics", "Tensors", "Terms",
        "Training", "Workbench",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: swift),

    // Lists the public interface, for `make interface` and `make docs`.
    .executableTarget(name: "symbols", path: "Tools/Symbols", swiftSettings: swift),

    tests("Imagery", ["Imagery", "Tensors"]),
    tests(
      "Rather",
      [
        "Rather", "explain-photo", "ask-many", "learn-tree", "score-map", "own-explainer",
        "symbols",
      ]),
    tests("TestSupport", []),
    tests("Terms", ["Terms"]),
    tests("Files", ["Files", "Terms"]),
    tests(
      "Networks", ["Files", "Imagery", "Networks", "Tensors", "Terms"],
      beside: ["Permission/refused-operators.txt"]),
    tests("Saliency", ["Saliency", "Imagery", "Networks", "Tensors", "Terms"]),
    tests("Confusion", ["Confusion", "Files", "Terms"]),
    tests(
      "Contrast", ["Confusion", "Contrast", "Imagery", "Networks", "Saliency", "Tensors", "Terms"]),
    tests("Documents", ["Confusion", "Documents", "Files", "Imagery", "Networks", "Terms"]),
    tests("Statistics", ["Statistics", "Terms"]),
    tests(
      "Faithfulness",
      [
        "Contrast", "Faithfulness", "Imagery", "Networks", "Saliency", "Statistics", "Tensors",
        "Terms",
      ]),
    tests(
      "Evaluation",
      [
        "Confusion", "Contrast", "Documents", "Evaluation", "Faithfulness", "Files", "Imagery",
        "Networks", "Saliency", "Statistics", "Tensors", "Terms",
        .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    tests(
      "Counterfactuals",
      ["Contrast", "Counterfactuals", "Imagery", "Networks", "Saliency", "Tensors", "Terms"]),
    tests("Datasets", ["Datasets", "Files", "Imagery", "Terms"]),
    tests("Training", ["Training", "Datasets", "Imagery", "Networks", "Tensors", "Terms"]),
    tests(
      "Report",
      [
        "Report", "Confusion", "Contrast", "Counterfactuals", "Evaluation", "Faithfulness",
        "Files", "Imagery", "Networks", "Saliency", "Statistics", "Tensors", "Terms",
      ]),
    tests(
      "Sessions",
      [
        "Confusion", "Contrast", "Counterfactuals", "Documents", "Faithfulness", "Files", "Imagery",
        "Networks", "Report", "Saliency", "Sessions", "Tensors", "Terms",
      ]),
    tests(
      "Command",
      [
        "rather", "Rather", "confinement-probe",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "GRDB", package: "GRDB.swift"),
        "Confusion", "Contrast", "Counterfactuals", "Documents", "Evaluation", "Faithfulness",
        "Files", "Imagery", "Networks", "Saliency", "Sessions", "Tensors", "Terms", "Training",
        "Workbench",
      ]),
    tests("Tensors", ["Files", "Tensors", "Terms"]),
    // Gives the readers again what the fuzzer found, by the sources that it is built of as well.
    .testTarget(
      name: "FuzzTests",
      dependencies: [
        "Confusion", "Contrast", "Datasets", "Documents", "Evaluation", "Faithfulness", "Files",
        "Imagery", "Networks", "Report", "Tensors", "Terms", "TestSupport",
        .product(name: "GRDB", package: "GRDB.swift"),
      ], path: "Fuzz/Sources", exclude: ["CFuzzer", "rather-fuzz"],
      sources: ["Targets", "Replay"], swiftSettings: swift),
    // Confines itself, as no test can that wants to go on, and tries what it may no longer do.
    .executableTarget(
      name: "confinement-probe", dependencies: ["Files", "Tensors"],
      path: "Tests/ConfinementProbe", swiftSettings: swift),
    .target(
      name: "TestSupport", dependencies: ["Imagery", "Networks", "Tensors"],
      path: "Tests/TestSupport",
      swiftSettings: swift),
  ],
  cxxLanguageStandard: .cxx20
)
