/// How a question is put to documents.
public struct RetrievalOptions: Sendable {
    /// Which heads are read, and how; `nil` takes the shipped profile for the model's shape.
    public var profile: RetrievalProfile?
    /// The order in which windows are read.
    public var strategy: ReadingOrder
    /// Evidence tokens that are kept at most. The profile `paper` is not bounded by it.
    public var budget: Int
    /// Document tokens read at once; `nil` takes the profile's.
    public var window: Int?
    /// How an index that is built stores its keys; an existing one is asked whatever it holds.
    public var keyFormat: KeyFormat
    /// Whether the words that passages of an index share with the question count beside their keys, in the first round: for
    /// very long texts. An index only.
    public var lexicalPrior: Bool
    /// How often at most what the evidence names is looked for in turn (``ReadingOrder/tree`` and indexes): for questions whose
    /// answer takes several steps.
    public var hops: Int

    /// Options with the defaults of the command line.
    public init(
        profile: RetrievalProfile? = nil, strategy: ReadingOrder = .tree, budget: Int = 400, window: Int? = nil,
        keyFormat: KeyFormat = .int8, lexicalPrior: Bool = false, hops: Int = 0
    ) {
        self.profile = profile
        self.strategy = strategy
        self.budget = budget
        self.window = window
        self.keyFormat = keyFormat
        self.lexicalPrior = lexicalPrior
        self.hops = hops
    }
}
