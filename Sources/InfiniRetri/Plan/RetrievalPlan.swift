import Documents
import KeyIndex
import Passages

/// How questions are put to documents: every number that decides what is kept, with its unit, its reason and where it comes
/// from. What belongs to a model stands in its ``RetrievalProfile``.
///
/// A plan is a JSON file too (`--plan`), in which what is left out has its default.
public struct RetrievalPlan: Sendable, Hashable, Codable {
    /// What finds candidates; nil takes what suits the source: `windows` and `lexical` for documents, `keys` and `lexical` for an
    /// index. Their scores are fused.
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
    /// Tokens that stand before a passage at most where it is read by itself: its headings, its table's header, the sentence that it
    /// goes on from. 0: none.
    public var longestContext = 64
    /// How an index that is built stores its keys; an existing one is asked whatever it holds. A byte for each element loses
    /// nothing that shows (docs/research).
    public var keyFormat = KeyFormat.int8
    /// The numbers of BM25.
    public var lexical = Lexical()
    /// Passages that come out of the first stages, best first. Twenty hold the answers of 0.98 of the questions to 115,000 tokens,
    /// and both passages for 0.90 of those that need two (SmolLM2; docs/research).
    public var candidates = 20
    /// How candidates are read again, in turn.
    public var reranking = [Reranking(by: .likelihood, passages: 6)]
    /// What the first stages say counts so much beside a likelihood, in standard deviations among those read.
    public var fusedBesideLikelihood: Float = 0.25
    /// Multi-hop search.
    public var hops = Hops()
    /// What of the ranked passages is evidence.
    public var selection = Selection()
    /// Whether the evidence is read once more, to tell the attention that each of its tokens gets (``Evidence/tokenScores``).
    public var scoresTokens = false
    /// The search for every passage that answers.
    public var exhaustive = Exhaustive()
    /// When a text is said not to answer, and what a short answer may be.
    public var answers = Answers()
    /// How the model's context window is shared out.
    public var context = Context()

    /// The plan in use by default.
    public init() {}

    /// The plan in use by default.
    public static let standard = RetrievalPlan()

    /// The paper's: from left to right, what the windows keep is the evidence.
    public static let paper: RetrievalPlan = {
        var plan = RetrievalPlan()
        plan.stages = [.windows]
        plan.order = .fold
        plan.reranking = []
        plan.hops.most = 0
        plan.longestContext = 0
        plan.selection.shortens = false
        plan.selection.leastShareOfBest = 0
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

            /// How probable a candidate alone makes the question, beside what the first stages say (arXiv 2204.07496).
            public static let likelihood = Method(rawValue: "likelihood")
        }

        /// What the step ranks by.
        public var by: Method
        /// So many of the best candidates are read.
        public var passages: Int

        /// A step.
        public init(by method: Method, passages: Int) {
            by = method
            self.passages = passages
        }
    }

    /// BM25 (Robertson and Zaragoza 2009).
    public struct Lexical: Sendable, Hashable, Codable {
        /// `k1`: how soon further occurrences of a word count less. Lucene's default.
        public var saturation: Float = 1.2
        /// `b`: how much longer passages are discounted. Lucene's default.
        public var lengthWeight: Float = 0.75

        /// The values in use by default.
        public init() {}
    }

    /// Multi-hop search: passages that are needed together are looked for in turn. Log-probabilities and inverse document
    /// frequencies are in nats.
    public struct Hops: Sendable, Hashable, Codable {
        /// Steps at most.
        public var most = 4
        /// Whether a step is taken only where something speaks for it, and none for `fold`, which carries evidence along as it reads;
        /// else as many are taken as there may be.
        public var isAutomatic = true
        /// Passages that each step adds to the candidates, by the words of the question and of the passage found last.
        public var candidates = 6
        /// Candidates of which a step asks the model: the best by the words that they share and, with this weight, by what the first
        /// stages say.
        public var judged = 12
        /// That weight.
        public var fusedWhereJudged: Float = 0.5
        /// Where no step is taken at all, the words that others share with the first passage count so much beside the first stages.
        public var sharedWithoutStep: Float = 0.3
        /// A passage's first tokens, which may be named by what is known: a title, as a rule.
        public var headTokens = 6
        /// A step is taken where the information that the passages found have about the beginning of another, and a share of what
        /// of the question stands in none of them, come to this together. Of questions that need one passage about a third
        /// pass it, of those that need two 0.94.
        public var leastInformation: Float = 16
        /// So much more than that for each step that was taken already: several passages have something to say about many others.
        public var furtherInformation: Float = 14
        /// The share of what is open.
        public var openWeight: Float = 0.45
        /// What speaks for a passage, in standard deviations among those judged.
        public var weights = Weights()

        /// The values in use by default.
        public init() {}

        /// Weights of standard scores.
        public struct Weights: Sendable, Hashable, Codable {
            /// How probable passages found and candidate together make the question.
            public var explained: Float = 1
            /// Differences of this likelihood below so many nats a token are noise: what was found explains it all.
            public var leastDeviation: Float = 0.1
            /// The words that a candidate shares with question and passage found last.
            public var shared: Float = 1
            /// The information that question and passages have about its beginning.
            public var named: Float = 0.5
            /// What the first stages say.
            public var fused: Float = 0.25

            /// The values in use by default.
            public init() {}
        }
    }

    /// What of the ranked passages is evidence.
    public struct Selection: Sendable, Hashable, Codable {
        /// Where one passage is enough, another whose fused score is below this share of its own is no evidence: it would only distract
        /// the model from the answer that it has found. At three tenths no answer of NQ's questions is lost, and evidence of texts of
        /// 10,000 tokens is half as long (docs/research/evidence-size.md). 0: all may stay.
        public var leastShareOfBest: Float = 0.3
        /// Standard deviations, on average over the scores that were fused, by which the best must stand out for that: among many
        /// passages that are as good as the best none is far behind.
        public var leastDeviation: Float = 1
        /// Whether passages give only their first sentence and the best other one, unless they are among the first.
        public var shortens = true
        /// How many of the first may stay whole.
        public var wholePassages = 2
        /// Tokens of a passage at most that stays whole, save the very first.
        public var wholeTokens = 120
        /// Evidence tokens that `fold` carries from window to window, unless the budget is larger.
        public var carriedTokens = 400

        /// The values in use by default.
        public init() {}
    }

    /// The search for every passage that answers, in place of hops and selection.
    public struct Exhaustive: Sendable, Hashable, Codable {
        /// Whether it takes their place. The budget does not bound it.
        public var isOn = false
        /// A passage is given where it answers at least so probably.
        public var leastProbability = 0.5
        /// Log-odds between a passage that says as little as most do and the best one; half way it is even.
        public var slope = 8.0
        /// Passages that are read together.
        public var passagesTogether = 16
        /// So many passages in a row without an answer end the search.
        public var patience = 128

        /// The values in use by default.
        public init() {}
    }

    /// When a text is said not to answer, and what a short answer may be.
    public struct Answers: Sendable, Hashable, Codable {
        /// Where the text answers with less than this probability, that is said. Of texts of 10,000 tokens it is said of 4 of 100 that
        /// do answer, and of 82 that do not (docs/research/answerability.md).
        public var leastProbability = 0.3
        /// A question is said to ask about the text as a whole where so many nats a token speak for it. Of 30 such questions it is
        /// said of about 18, of 200 others of one (docs/research/whole-text.md). nil: nobody looks.
        public var leastWholeText: Double? = 0.4
        /// Whether the model's answer is given all the same.
        public var answersAnyway = true
        /// Passages that the best can stand out from. Of fewer, what it does for the likelihood of the question decides.
        public var fewestPassages = 16
        /// Log-odds for each nat a token that it adds: a natural question gains 1.3 by a passage that answers, 0.2 by another one.
        /// Synthetic questions are about invented names, which say nothing without a text, so calibration cannot tell.
        public var likelihoodWeight = 3.0
        /// Log-odds where it adds nothing.
        public var likelihoodBias = -2.0
        /// Tokens of a short answer at most. Longer ones are hardly ever the most probable.
        public var longestSpan = 20
        /// Places where a short answer may begin that go through the model at most. Natural questions take 1 to 21 of about 80 until
        /// the best is certain.
        public var spanStarts = 64
        /// Share of what a statement says beyond the question, by the rarity of its words, that its sources must hold: small models put
        /// things in words of their own.
        public var leastSupport: Float = 0.67
        /// Of what it repeats of the question its first source must hold at least so much as any other piece: more than one of two names.
        public var leastRepeated: Float = 0.75
        /// Share of it that a piece of evidence must add to be one of the sources.
        public var leastShareOfSource: Float = 0.15

        /// The values in use by default.
        public init() {}
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
