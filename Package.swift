// swift-tools-version: 6.1
import PackageDescription

// The modules are described in docs/architecture.md: each knows those below it and nothing above.
let package = Package(
    name: "InfiniRetri",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "InfiniRetri", targets: ["InfiniRetri"]),
        .library(name: "Transformer", targets: ["Transformer"]),
        .library(name: "Tokenization", targets: ["Tokenization"]),
        .executable(name: "infiniretri", targets: ["InfiniRetriCLI"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    ],
    targets: [
        // Float32 products written `a * b + c` may be fused everywhere: the scalar definitions are compared within tolerances.
        .target(name: "CKernels"),
        .target(name: "Tensors", dependencies: ["CKernels"]),
        .target(name: "ModelFormat", dependencies: ["Tensors"]),
        .target(
            name: "Tokenization",
            dependencies: [.product(name: "HeapModule", package: "swift-collections")]),
        .target(name: "Transformer", dependencies: ["CKernels", "Tensors", "ModelFormat", "Tokenization"]),
        .target(name: "Inference", dependencies: ["Transformer", "Tokenization"]),
        .target(name: "Documents", dependencies: ["Tokenization", "Tensors"]),
        .target(
            name: "KeyIndex",
            dependencies: [
                "Documents", "Inference", "Transformer", "Tokenization", "ModelFormat", "Tensors", "CKernels",
            ]),
        .target(
            name: "InfiniRetri", dependencies: ["Documents", "KeyIndex", "Inference", "Transformer", "Tokenization"]),
        .target(
            name: "Evaluation",
            dependencies: ["InfiniRetri", "Documents", "ModelFormat", "Transformer", "Tokenization"]),
        // Named apart from the library by more than letter case, for file systems that do not tell cases apart.
        .executableTarget(
            name: "InfiniRetriCLI",
            dependencies: [
                "InfiniRetri", "Evaluation", "Documents", "KeyIndex", "Transformer", "Tokenization", "ModelFormat",
                "Tensors", "CKernels",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Crypto", package: "swift-crypto"),
            ]),
        .target(
            name: "TestSupport", dependencies: ["Tensors", "ModelFormat", "Tokenization", "Transformer"],
            path: "Tests/TestSupport"),
        .testTarget(
            name: "TensorsTests", dependencies: ["Tensors", "CKernels", "TestSupport"],
            resources: [.copy("Fixtures")]),
        .testTarget(name: "ModelFormatTests", dependencies: ["ModelFormat", "TestSupport"]),
        .testTarget(
            name: "TokenizationTests", dependencies: ["Tokenization", "Transformer", "ModelFormat", "TestSupport"],
            resources: [.copy("Fixtures")]),
        .testTarget(
            name: "TransformerTests",
            dependencies: ["Transformer", "Tensors", "ModelFormat", "Tokenization", "TestSupport"],
            resources: [.copy("Fixtures")]),
        .testTarget(
            name: "InfiniRetriTests",
            dependencies: [
                "InfiniRetri", "Documents", "KeyIndex", "Inference", "Transformer", "Tokenization", "TestSupport",
            ], exclude: ["Fixtures"]),
        .testTarget(
            name: "EvaluationTests",
            dependencies: ["Evaluation", "InfiniRetri", "Documents", "Transformer", "Tokenization", "TestSupport"],
            exclude: ["Fixtures"]),
        .testTarget(
            name: "DocumentsTests", dependencies: ["Documents", "TestSupport"], exclude: ["Fixtures"]),
        .testTarget(name: "PublicAPITests", dependencies: ["InfiniRetri", "TestSupport"]),
        .testTarget(
            name: "CommandLineTests", dependencies: ["InfiniRetriCLI", "TestSupport"], exclude: ["Fixtures"]),
    ],
    swiftLanguageModes: [.v6],
    cLanguageStandard: .c17
)
