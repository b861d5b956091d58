import Documents
import KeyIndex

/// How questions are put to documents: every number that decides what is kept, with its unit, its reason and where it comes
/// from. What belongs to a model stands in its ``RetrievalProfile``.
///
/// A plan is a JSON file too (`--plan`), in which what is left out has its default.
public struct RetrievalPlan: Sendable, Hashable, Codable {
    /// What finds candidates; nil takes what suits the source: `windows` for documents, `keys` for an index. The scores of
    /// several stages are multiplied.
    public var stages: [Stage]?
    /// The order in which windows are read.
    public var order = ReadingOrder.tree
    /// Evidence tokens kept at most, paragraph breaks between passages included. No step before the last looks at it, so that a
    /// larger budget keeps all that a smaller one does. 400: the paper's evidence is about as long.
    public var budget = 400
    /// Document tokens read at once; nil takes the profile's.
    public var window: Int?
    /// How text is cut into sentences and passages.
    public var segmentation = Segmentation()
    /// How an index that is built stores its keys; an existing one is asked whatever it holds. A byte for each element loses
    /// nothing that shows (docs/research).
    public var keyFormat = KeyFormat.int8
    /// Candidates held while reading, in times the tokens that come out of the first stages: the weights of query tokens still
    /// move, so what looks second best may win.
    public var heldCandidates = 2.0
    /// The numbers of the stage `lexical`.
    public var lexical = Lexical()
    /// How candidates are read again, in turn.
    public var reranking = [
        Reranking(by: .attention, tokens: 3_200), Reranking(by: .likelihood, tokens: 1_000),
    ]
    /// Which of the rounds of attention are worth their cost.
    public var rounds = Rounds()
    /// Multi-hop search.
    public var hops = Hops()
    /// What of the ranked passages is evidence.
    public var selection = Selection()
    /// How the model's context window is shared out.
    public var context = Context()

    /// The plan in use by default.
    public init() {}

    /// The plan in use by default.
    public static let standard = RetrievalPlan()

    /// The paper's: from left to right, what the windows keep is the evidence.
    public static let paper: RetrievalPlan = {
        var plan = RetrievalPlan()
        plan.order = .fold
        plan.reranking = []
        plan.selection = Selection.whole
        return plan
    }()

    /// The name of a first stage: what finds candidates.
    public struct Stage: RawRepresentable, Sendable, Hashable, Codable {
        /// The name.
        public let rawValue: String

        /// A stage by its name.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// The question's attention to every window of the documents.
        public static let windows = Stage(rawValue: "windows")
        /// The question's attention to the keys of an index, which were made without it.
        public static let keys = Stage(rawValue: "keys")
        /// The words that a passage shares with the question.
        public static let lexical = Stage(rawValue: "lexical")
    }

    /// A step in which the best candidates are read again.
    public struct Reranking: Sendable, Hashable, Codable {
        /// The name of what a step ranks by.
        public struct Method: RawRepresentable, Sendable, Hashable, Codable {
            /// The name.
            public let rawValue: String

            /// A method by its name.
            public init(rawValue: String) { self.rawValue = rawValue }

            /// The question's attention to the candidates, in windows of their own: the geometric mean with the rounds before.
            public static let attention = Method(rawValue: "attention")
            /// The attention so far times how probable a candidate alone makes the question (arXiv 2204.07496).
            public static let likelihood = Method(rawValue: "likelihood")
        }

        /// What the step ranks by.
        public var by: Method
        /// Tokens of the best candidates that are read. In 3,200 tokens the first round of a text of 115,000 holds the answers of
        /// 0.85 (SmolLM2) and 0.92 (Qwen2.5) of the questions; 1,000 tokens of finalists lose none of them (docs/research).
        public var tokens: Int

        /// A step.
        public init(by method: Method, tokens: Int) {
            by = method
            self.tokens = tokens
        }
    }

    /// BM25 (Robertson and Zaragoza 2009), as a factor of a passage's score.
    public struct Lexical: Sendable, Hashable, Codable {
        /// `k1`: how soon further occurrences of a word count less. Lucene's default.
        public var saturation: Float = 1.2
        /// `b`: how much longer passages are discounted. Lucene's default.
        public var lengthWeight: Float = 0.75
        /// What remains of a passage's score where it shares no word with the question: the attention may know better.
        public var floor: Float = 0.1

        /// The values in use by default.
        public init() {}
    }

    /// Which rounds of attention are read.
    public struct Rounds: Sendable, Hashable, Codable {
        /// Behind windows, a round that would read more than this share of the text again is left out, unless nothing reranks
        /// behind it: windows have compared most of it already.
        public var largestShareOfText = 0.125
        /// Behind stored keys alone, whose queries have not seen the documents, the first round grows with the text: up to so
        /// many times its tokens.
        public var growthBehindKeys = 2.0
        /// And up to this share of the text.
        public var shareOfTextBehindKeys = 0.0625

        /// The values in use by default.
        public init() {}
    }

    /// Multi-hop search: what the evidence names is looked for in turn.
    public struct Hops: Sendable, Hashable, Codable {
        /// Hops at most.
        public var most = 0
        /// A hop that scores less than this share of the best one leads nowhere: there is nothing left to follow.
        public var leastShareOfBest: Float = 0.05
        /// Share of a window that the sentence takes at most that a hop starts from.
        public var queryShareOfWindow = 0.25

        /// The values in use by default.
        public init() {}
    }

    /// What of the ranked passages is evidence.
    public struct Selection: Sendable, Hashable, Codable {
        /// A passage that scores less than this share of the best is no evidence: it would only distract the model from the answer
        /// that it has found. On calibration's questions, full of distractors, a fifth loses two answers of 288 with SmolLM2 and
        /// five with Qwen2.5, three tenths three and fifteen.
        public var leastShareOfBest: Float = 0.2
        /// Whether a passage may be shortened to the sentence that holds most of its attention, and its first.
        public var shortens = true
        /// The share of its passage's attention that such a sentence has at least.
        public var keySentenceShare: Float = 0.6
        /// Tokens that shortening frees at least: room for another place is worth the risk that the answer stands in a sentence
        /// beside it, trifles are not.
        public var shorteningTokens = 100
        /// Evidence tokens that `fold` carries from window to window, unless the budget is larger.
        public var carriedTokens = 400

        /// The values in use by default.
        public init() {}

        /// All passages as they are, best first, as many as the budget holds.
        public static let whole: Selection = {
            var selection = Selection()
            selection.leastShareOfBest = 0
            selection.shortens = false
            return selection
        }()
    }

    /// How the model's context window is shared out.
    public struct Context: Sendable, Hashable, Codable {
        /// Share of the context that a question takes at most.
        public var questionShare = 0.25
        /// Tokens that a window may grow to, in windows: paragraph breaks come on top of the passages' own tokens.
        public var windowMargin = 1.25

        /// The values in use by default.
        public init() {}
    }
}
