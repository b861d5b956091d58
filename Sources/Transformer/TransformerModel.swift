import Foundation
import ModelFormat
import Tensors
import Tokenization

/// How a model is loaded.
public struct LoadOptions: Sendable, Hashable {
    /// Threads that share the work, the calling one included.
    public var threads: Int
    /// In which numbers linear layers multiply.
    public var arithmetic: Arithmetic

    /// By default one thread for each CPU that this process may use, and int8, which is several times faster than float32.
    public init(threads: Int = ThreadPool.hardwareThreads, arithmetic: Arithmetic = .int8) {
        self.threads = threads
        self.arithmetic = arithmetic
    }
}

/// A decoder-only transformer of one of the ``ModelFamily``s, run on the CPU.
public final class TransformerModel: LanguageModel {
    /// `general.name` in the file, or else the file's own name.
    public let name: String
    /// The model's sizes.
    public let shape: ModelShape
    /// The tokenizer that the file describes.
    public let tokenizer: Tokenizer
    /// The chat template that the file names, or plain text.
    public let chatTemplate: ChatTemplate
    /// How the model was loaded.
    public let options: LoadOptions
    /// The family's name, as the file gives it.
    public let family: String

    let network: Network
    let fileFingerprint: Lazy<ModelFingerprint>
    private let scratch: ScratchPool
    private let decoding = DecodeQueue()
    /// All tokens that are generated share a claim to turns.
    private let decodingShare = TurnQueue.Share(weight: 1)

    /// Tokens that go through the blocks together: enough to make decoding the weights a small part of the work, few
    /// enough that intermediate matrices stay near the processor.
    private static let chunkRows = 1024

    /// Opens a GGUF file and checks all that passes will need. Weights stay in the mapped file, or are repacked when they
    /// are first used, as the arithmetic wants.
    ///
    /// - Throws: ``ModelFormat/GGUFError``, ``ModelError``, or ``Tokenization/TokenizerError``.
    public static func load(path: String, options: LoadOptions = LoadOptions()) throws -> TransformerModel {
        let file = try GGUFFile(path: path)
        let fileName = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
        return try TransformerModel(file, fallbackName: fileName, options: options)
    }

    /// A model of an opened file.
    package init(_ file: GGUFFile, fallbackName: String, options: LoadOptions) throws {
        let family = try ModelFamily.named(file.string("general.architecture"))
        let hyperparameters = try Hyperparameters(file, architecture: family.architecture)
        name = try file.optionalString("general.name") ?? fallbackName
        shape = hyperparameters.shape
        tokenizer = try Tokenizer(TokenizerDescription(file))
        chatTemplate = ChatTemplate(recognizing: tokenizer.chatTemplateText, tokenizer: tokenizer)
        self.options = options
        self.family = family.architecture
        network = try Network(
            file, family: family, hyperparameters: hyperparameters, arithmetic: options.arithmetic,
            threads: options.threads)
        fileFingerprint = Lazy { ModelFingerprint(bytes: file.byteCount, checksum: file.checksum) }
        scratch = ScratchPool(shape: shape, arithmetic: options.arithmetic)
    }

    /// Bytes of weights that a token reads when it is generated.
    package var bytesOfDecoding: Int {
        get throws {
            try network.layers.indices.reduce(network.weights.head().bytesForFewRows) {
                $0 + (try network.weights.block($1).bytesForFewRows)
            }
        }
    }

    /// An empty cache for this model.
    public func makeCache() -> any KeyValueCache { TransformerCache(network) }

    /// Runs the tokens of several sequences; see ``LanguageModel/forward(_:)``.
    public func forward(_ sequences: [SequenceRequest]) throws -> [ForwardResult] {
        guard !sequences.isEmpty else { return [] }
        guard Set(sequences.map { ObjectIdentifier($0.cache) }).count == sequences.count else {
            throw ForwardError.sharedCache
        }
        let plans = try sequences.map { sequence in
            guard let cache = sequence.cache as? TransformerCache, cache.weights === network.weights else {
                throw ForwardError.foreignCache
            }
            return try SequencePlan(sequence.request, shape: shape, cache: cache)
        }
        // What a sequence is multiplied with depends on its own request, never on those beside it: tokens that are generated go
        // through in passes of their own.
        if plans.count == 1, plans[0].isDecoding {
            try Task.checkCancellation()
            return [try decoding.run(plans[0]) { try run($0, share: decodingShare) }]
        }
        let share = TurnQueue.Share(weight: Self.weight(of: Task.currentPriority), lenience: Self.readingLenience)
        guard plans.contains(where: \.isDecoding) else { return try run(plans, share: share) }
        var results = [ForwardResult](repeating: ForwardResult(), count: plans.count)
        for part in [plans.indices.filter { plans[$0].isDecoding }, plans.indices.filter { !plans[$0].isDecoding }] {
            for (index, result) in zip(part, try run(part.map { plans[$0] }, share: share)) { results[index] = result }
        }
        return results
    }

    private func run(_ plans: [SequencePlan], share: TurnQueue.Share) throws -> [ForwardResult] {
        guard !plans.isEmpty else { return [] }
        let tokens = plans.reduce(0) { $0 + $1.tokens.count }
        return try scratch.withScratch(rows: min(tokens, Self.chunkRows)) { scratch in
            var pass = ForwardPass(plans, network: network, scratch: scratch, share: share)
            return try pass.run()
        }
    }

    /// Seconds: some layers of a chunk, after which what another pass had in the caches is gone anyway.
    private static let readingLenience = 0.02

    /// How much of the time a pass gets beside others.
    private static func weight(of priority: TaskPriority) -> Double {
        switch priority {
        case .background: 0.25
        case .utility: 0.5
        case .high: 2
        default: 1
        }
    }
}
