import Documents
import Passages
import Transformer

/// How one model's attention is read: which heads, from which of the question's tokens, and what is made of it.
///
/// The layer decides everything (docs/method.md): the same question that the last layer of a small model
/// answers at chance is answered almost perfectly by a few heads of its middle layers. So the choice belongs to the
/// model, not to the user.
public struct RetrievalProfile: Sendable, Hashable, Codable {
    /// Which heads are summed.
    public enum Heads: Sendable, Hashable, Codable {
        /// All heads of the last layer: the paper's choice.
        case lastLayer
        /// All heads of the layer at this share of the model's depth, 0 the first and 1 the last.
        case depth(Double)
        /// These heads.
        case chosen([AttentionHead])
    }

    /// From which tokens the attention is read.
    public enum QueryTokens: String, Sendable, Hashable, Codable {
        /// The question's own tokens. Nothing behind them is even shown to the model.
        case question
        /// From the question's first token to the end of the input, instruction tail and assistant header included:
        /// the paper's choice.
        case questionToEnd
    }

    /// How much each row counts.
    public enum QueryWeightRule: String, Sendable, Hashable, Codable {
        /// All alike.
        case uniform
        /// By the rarity of the row's token: its inverse document frequency over the passages of the documents.
        case rarity
        /// By the square of the attention that the row pays to the rows themselves, taken from the first window and
        /// kept (step 5 of the paper).
        case attentionToQuery
    }

    /// What is kept of a window.
    public enum SelectionRule: Sendable, Hashable, Codable {
        /// Every sentence that holds one of the `count` best tokens (step 6 of the paper). Not bounded in tokens.
        case bestTokens(count: Int)
        /// The best units, each scored by the mean of its `tokensPerUnit` best tokens, as many as the budget holds.
        case bestUnits(tokensPerUnit: Int)
    }

    /// Name in reports.
    public var name: String
    /// Which heads are summed.
    public var heads: Heads
    /// From which tokens the attention is read.
    public var queryTokens: QueryTokens
    /// How much each of them counts.
    public var queryWeights: QueryWeightRule
    /// Width of the box filter along the context, in tokens (step 4 of the paper).
    public var phraseWidth: Int
    /// What is ranked as a whole.
    public var unit: PassageUnit
    /// What is kept of a window.
    public var selection: SelectionRule
    /// Document tokens read at once, unless the user says otherwise.
    public var window: Int
    /// The words around text and question.
    public var prompt: PromptTemplate
    /// What tells that a text answers; nil takes ``Answerability/standard``.
    public var answerability: Answerability?

    /// A profile from its parts.
    public init(
        name: String, heads: Heads, queryTokens: QueryTokens, queryWeights: QueryWeightRule, phraseWidth: Int,
        unit: PassageUnit, selection: SelectionRule, window: Int, prompt: PromptTemplate = .paper
    ) {
        self.name = name
        self.heads = heads
        self.queryTokens = queryTokens
        self.queryWeights = queryWeights
        self.phraseWidth = phraseWidth
        self.unit = unit
        self.selection = selection
        self.window = window
        self.prompt = prompt
    }

    /// The heads of a model of this shape, sorted.
    /// - Throws: ``RetrievalError/invalidProfile(name:reason:)`` where the model has no such head, or a number makes
    ///   no sense.
    public func resolvedHeads(in shape: ModelShape) throws(RetrievalError) -> [AttentionHead] {
        func all(of layer: Int) -> [AttentionHead] { (0..<shape.heads).map { AttentionHead(layer: layer, head: $0) } }
        let resolved: [AttentionHead]
        switch heads {
        case .lastLayer: resolved = all(of: shape.layers - 1)
        case .depth(let share):
            guard (0...1).contains(share) else {
                throw .invalidProfile(name: name, reason: "depth is \(share), but it must lie between 0 and 1")
            }
            resolved = all(of: Int((share * Double(shape.layers - 1)).rounded()))
        case .chosen(let heads): resolved = Set(heads).sorted()
        }
        guard !resolved.isEmpty else { throw .invalidProfile(name: name, reason: "it names no attention head") }
        for head in resolved where !(0..<shape.layers).contains(head.layer) || !(0..<shape.heads).contains(head.head) {
            throw .invalidProfile(
                name: name,
                reason:
                    "it names head \(head.head) of layer \(head.layer), but the model has \(shape.layers) layers of "
                    + "\(shape.heads) heads, both counted from 0; take the profile that was made for this model, or auto"
            )
        }
        return resolved
    }

    /// Checks the numbers that a profile file might get wrong.
    func validate() throws(RetrievalError) {
        func require(_ condition: Bool, _ reason: String) throws(RetrievalError) {
            if !condition { throw .invalidProfile(name: name, reason: reason) }
        }
        try require((1...1_024).contains(phraseWidth), "phraseWidth is \(phraseWidth), but it must be 1 to 1024 tokens")
        try require(window >= 64, "window is \(window), but it must be 64 tokens or more")
        switch selection {
        case .bestTokens(let count):
            try require(count > 0, "it keeps no token at all")
            try require(unit == .sentence, "bestTokens keeps sentences: take the unit sentence")
        case .bestUnits(let count): try require(count > 0, "tokensPerUnit is \(count), but it must be 1 or more")
        }
    }
}
