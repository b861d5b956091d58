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
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    ],
    targets: [
        // Float32 products written `a * b + c` may be fused everywhere: the scalar definitions are compared within tolerances.
        .target(name: "CKernels"),
        .target(name: "Tensors", dependencies: ["CKernels"]),
        .target(name: "Files"),
        .target(name: "ModelFormat", dependencies: ["Files", "Tensors"]),
        .target(
            name: "Tokenization",
            dependencies: [.product(name: "HeapModule", package: "swift-collections")]),
        .target(name: "Transformer", dependencies: ["CKernels", "Tensors", "ModelFormat", "Tokenization"]),
        .target(name: "Inference", dependencies: ["Transformer", "Tokenization"]),
        .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(
            name: "Documents",
            dependencies: [
                "Files", "Tensors", "CLibXML2", "CZlib", .product(name: "SystemPackage", package: "swift-system"),
            ]),
        .target(name: "Passages", dependencies: ["Documents", "Tokenization"]),
        .target(
            name: "KeyIndex",
            dependencies: [
                "Documents", "Passages", "Inference", "Transformer", "Tokenization", "ModelFormat", "Files", "Tensors",
                "CKernels", .product(name: "SystemPackage", package: "swift-system"),
            ]),
        .target(
            name: "InfiniRetri",
            dependencies: ["Documents", "Passages", "KeyIndex", "Inference", "Transformer", "Tokenization"]),
        .target(
            name: "Evaluation",
            dependencies: [
                "InfiniRetri", "Documents", "Passages", "Files", "ModelFormat", "Transformer", "Tokenization",
            ]),
        // Named apart from the library by more than letter case, for file systems that do not tell cases apart.
        .executableTarget(
            name: "InfiniRetriCLI",
            dependencies: [
                "InfiniRetri", "Evaluation", "Documents", "Passages", "KeyIndex", "Transformer", "Tokenization",
                "ModelFormat", "Files", "Tensors", "CKernels",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Crypto", package: "swift-crypto"),
            ]),
        .target(
            name: "TestSupport", dependencies: ["Documents", "Tensors", "ModelFormat", "Tokenization", "Transformer"],
            path: "Tests/TestSupport"),
        .testTarget(
            name: "TensorsTests", dependencies: ["Tensors", "CKernels", "TestSupport"],
            resources: [.copy("Fixtures")]),
        .testTarget(name: "ModelFormatTests", dependencies: ["ModelFormat", "Files", "Tensors", "TestSupport"]),
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
                "InfiniRetri", "Documents", "Passages", "KeyIndex", "Inference", "Transformer", "Tokenization",
                "TestSupport",
            ], exclude: ["Fixtures"]),
        .testTarget(
            name: "EvaluationTests",
            dependencies: [
                "Evaluation", "InfiniRetri", "Documents", "Passages", "Files", "Transformer", "Tokenization",
                "TestSupport",
            ],
            exclude: ["Fixtures"]),
        .testTarget(name: "ExtractionTests", dependencies: ["Documents"], exclude: ["Fixtures"]),
        .testTarget(
            name: "DocumentsTests", dependencies: ["Documents", "Passages", "TestSupport"], exclude: ["Fixtures"]),
        .testTarget(name: "PublicAPITests", dependencies: ["InfiniRetri", "TestSupport"]),
        .testTarget(
            name: "CommandLineTests", dependencies: ["InfiniRetriCLI", "TestSupport"], exclude: ["Fixtures"]),
    ],
    swiftLanguageModes: [.v6],
    cLanguageStandard: .c17
)
