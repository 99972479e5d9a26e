// swift-tools-version: 6.2
import PackageDescription

// Built by `make fuzz` with AddressSanitizer and the counters that libFuzzer reads; FUZZER_LIBRARY is
// libFuzzer without a `main` of its own, as the toolchain has it.
let library = Context.environment["FUZZER_LIBRARY"] ?? "libclang_rt.fuzzer_no_main.a"

let package = Package(
  name: "rather-fuzz",
  dependencies: [
    .package(name: "rather", path: ".."),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
  ],
  targets: [
    .target(
      name: "CFuzzer",
      cxxSettings: [
        .unsafeFlags([
          "-isystem", Context.packageDirectory + "/../.libtorch/include", "-isystem",
          Context.packageDirectory + "/../.libtorch/include/torch/csrc/api/include",
        ])
      ]),
    .executableTarget(
      name: "rather-fuzz",
      dependencies: [
        "CFuzzer", .product(name: "Rather", package: "rather"),
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      path: "Sources", exclude: ["CFuzzer", "Replay"], sources: ["Targets", "rather-fuzz"],
      swiftSettings: [
        .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
      ],
      linkerSettings: [.unsafeFlags(["-Xlinker", library]), .linkedLibrary("stdc++")]),
  ],
  cxxLanguageStandard: .cxx20
)
