// swift-tools-version: 6.1
import PackageDescription

// A package of its own, so that the library's users do not fetch what only its benchmarks need.
let package = Package(
    name: "InfiniRetriBenchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "InfiniRetri", path: ".."),
        // Without traits: allocations are not counted, so that jemalloc is not needed.
        .package(url: "https://github.com/ordo-one/package-benchmark", from: "1.38.1", traits: []),
    ],
    targets: [
        .executableTarget(
            name: "Kernels",
            dependencies: [
                .product(name: "InfiniRetri", package: "InfiniRetri"),
                .product(name: "Benchmark", package: "package-benchmark"),
            ],
            path: "Benchmarks/Kernels",
            plugins: [.plugin(name: "BenchmarkPlugin", package: "package-benchmark")])
    ],
    swiftLanguageModes: [.v6]
)
