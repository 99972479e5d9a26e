// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that Rather itself depends on nothing that only measures.
let package = Package(
  name: "rather-benchmarks",
  dependencies: [
    .package(name: "rather", path: ".."),
    .package(url: "https://github.com/google/swift-benchmark", exact: "0.1.2"),
  ],
  targets: [
    .executableTarget(
      name: "rather-benchmarks",
      dependencies: [
        .product(name: "Rather", package: "rather"),
        .product(name: "Benchmark", package: "swift-benchmark"),
      ]),
    // Learning from documents; knows nothing of libtorch.
    .executableTarget(
      name: "confusion-benchmarks",
      dependencies: [.product(name: "RatherConfusion", package: "rather")]),
    // What a process costs that loads libtorch and calls one operator.
    .executableTarget(
      name: "libtorch-alone", dependencies: [.product(name: "Rather", package: "rather")]),
  ]
)
