// swift-tools-version: 6.2
import PackageDescription

// Warnings are errors here, yet the package stays usable as a dependency: no unsafe flags.
let settings: [SwiftSetting] = [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]

let package = Package(
  name: "RelatedNews",
  products: [
    .library(name: "RelatedNews", targets: ["RelatedNews"]),
    .executable(name: "related-news", targets: ["related-news"]),
  ],
  targets: [
    .systemLibrary(name: "CRelatedNews"),
    .target(name: "RelatedNews", dependencies: ["CRelatedNews"], swiftSettings: settings),
    .executableTarget(
      name: "related-news", dependencies: ["RelatedNews"], swiftSettings: settings),
    .executableTarget(
      name: "benchmarks", dependencies: ["RelatedNews"], path: "Benchmarks",
      exclude: ["peers", "growth.svg"], swiftSettings: settings),
    .testTarget(
      name: "RelatedNewsTests", dependencies: ["RelatedNews"], exclude: ["Fixtures"],
      swiftSettings: settings),
  ]
)
