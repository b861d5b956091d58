import Synchronization
import Tokenization
import Transformer

/// A model that runs no pass twice: it remembers the attention that a pass captured, and gives it again when the very same
/// tokens meet the same probe. So texts that share most of their windows, as those of a grid of needles do, cost little
/// more than one of them, with the same results.
///
/// A pass that asks for nothing but keys is put off until a later one needs these.
public final class RememberingModel: LanguageModel {
    private let base: any LanguageModel
    private let memory: Mutex<PassMemory>

    /// - Parameters:
    ///   - base: Runs what was not seen before.
    ///   - capacity: Bytes of attention kept at most; the oldest is dropped first.
    public init(_ base: any LanguageModel, capacity: Int = 2 << 30) {
        self.base = base
        memory = Mutex(PassMemory(capacity: capacity))
    }

    /// The base's name.
    public var name: String { base.name }
    /// The base's sizes.
    public var shape: ModelShape { base.shape }
    /// The base's tokenizer.
    public var tokenizer: Tokenizer { base.tokenizer }
    /// The base's chat template.
    public var chatTemplate: ChatTemplate { base.chatTemplate }

    /// A cache that knows its tokens before they are run.
    public func makeCache() -> any KeyValueCache { PostponingCache(base.makeCache()) }

    /// Gives what is remembered; runs what was put off and then the rest, together.
    /// - Throws: What the base throws, for the requests or for one that was put off.
    public func forward(_ sequences: [SequenceRequest]) throws -> [ForwardResult] {
        var results = [ForwardResult](repeating: ForwardResult(), count: sequences.count)
        var putOff: [(request: ForwardRequest, cache: PostponingCache)] = []
        var left: [(index: Int, request: ForwardRequest, cache: PostponingCache, pass: PassMemory.Pass?)] = []
        for (index, sequence) in sequences.enumerated() {
            guard let cache = sequence.cache as? PostponingCache else { throw ForwardError.foreignCache }
            let request = sequence.request
            let pass = request.asksOnlyForAttention ? PassMemory.Pass(before: cache.tokens, request: request) : nil
            if request.asksOnlyForKeys {
                putOff.append((request, cache))
            } else if let pass, let known = memory.withLock({ $0.attention(of: pass) }) {
                putOff.append((request, cache))
                results[index] = ForwardResult(attention: known)
            } else {
                left.append((index, request, cache, pass))
            }
        }
        for sequence in left { try sequence.cache.catchUp(on: base) }
        let run = left.isEmpty ? [] : try base.forward(left.map { SequenceRequest($0.request, cache: $0.cache.base) })
        for (sequence, result) in zip(left, run) {
            sequence.cache.append(sequence.request)
            if let pass = sequence.pass, let attention = result.attention {
                memory.withLock { $0.keep(attention, of: pass) }
            }
            results[sequence.index] = result
        }
        // Last, because a pass that fails must leave all caches as they were.
        for sequence in putOff { sequence.cache.postpone(sequence.request) }
        return results
    }
}

/// A cache whose last passes may not have been run yet.
private final class PostponingCache: KeyValueCache {
    /// Everything in the cache, run or not.
    private(set) var tokens: [TokenID]
    private(set) var base: any KeyValueCache
    /// What is to be run before anything else, in this order.
    private var postponed: [ForwardRequest] = []
    /// What a fork continues, as long as neither has changed: so what is put off there is run once, for all its forks.
    private var origin: PostponingCache?
    private var forks: [Fork] = []

    private struct Fork {
        weak var cache: PostponingCache?
    }

    init(_ base: any KeyValueCache) {
        self.base = base
        tokens = []
    }

    private init(of origin: PostponingCache) {
        self.origin = origin
        base = origin.base
        tokens = origin.tokens
    }

    var count: Int { tokens.count }
    var byteCount: Int { base.byteCount }

    func fork() -> any KeyValueCache {
        let fork = PostponingCache(of: self)
        forks.append(Fork(cache: fork))
        return fork
    }

    /// Lets every fork go its own way before this cache changes.
    private func detach() {
        for fork in forks { fork.cache?.leaveOrigin() }
        forks = []
    }

    private func leaveOrigin() {
        guard let origin else { return }
        origin.leaveOrigin()
        base = origin.base.fork()
        postponed = origin.postponed + postponed
        self.origin = nil
    }

    func truncate(to count: Int) {
        guard count >= 0, count < self.count else { return }
        leaveOrigin()
        detach()
        tokens.removeSubrange(count...)
        base.truncate(to: count)
        var start = base.count
        postponed = postponed.compactMap { request in
            let room = count - start
            start += request.tokens.count
            guard room > 0 else { return nil }
            return request.forKeys(of: room)
        }
    }

    /// Takes a request's tokens without running them.
    func postpone(_ request: ForwardRequest) {
        detach()
        postponed.append(request.forKeys(of: request.tokens.count))
        tokens += request.tokens
    }

    /// Runs what was put off.
    func catchUp(on model: any LanguageModel) throws {
        try origin?.catchUp(on: model)
        leaveOrigin()
        while let first = postponed.first {
            _ = try model.forward(first, cache: base)
            postponed.removeFirst()
        }
    }

    /// Takes the tokens of a request that the base has run.
    func append(_ request: ForwardRequest) {
        detach()
        tokens += request.tokens
    }
}

/// The attention of passes, by all that it depends on.
private struct PassMemory {
    /// What a capture depends on.
    struct Pass: Hashable {
        let tokens: [TokenID]
        /// How many of the tokens were in the cache already.
        let before: Int
        let probe: AttentionProbe?
        let depth: Depth

        init(before: [TokenID], request: ForwardRequest) {
            tokens = before + request.tokens
            self.before = before.count
            probe = request.probe
            depth = request.depth
        }
    }

    private var captures: [Pass: AttentionCapture] = [:]
    /// Oldest first.
    private var order: ArraySlice<Pass> = []
    private var room: Int

    init(capacity: Int) { room = capacity }

    func attention(of pass: Pass) -> AttentionCapture? { captures[pass] }

    mutating func keep(_ attention: AttentionCapture, of pass: Pass) {
        captures[pass] = attention
        order.append(pass)
        room -= Self.size(attention)
        while room < 0, let oldest = order.popFirst() {
            if let dropped = captures.removeValue(forKey: oldest) { room += Self.size(dropped) }
        }
    }

    private static func size(_ attention: AttentionCapture) -> Int {
        attention.values.count * MemoryLayout<Float>.size
    }
}

extension ForwardRequest {
    fileprivate var asksOnlyForKeys: Bool { probe == nil && asksOnlyForAttention }
    fileprivate var asksOnlyForAttention: Bool { queries == nil && outputs == .none }

    /// The first `count` tokens, run for their keys alone.
    fileprivate func forKeys(of count: Int) -> ForwardRequest {
        ForwardRequest(tokens: Array(tokens.prefix(count)), depth: depth, outputs: .none)
    }
}
