import Documents

/// Follows what the evidence names: passages that are needed together, of which the question alone singles out only the first.
///
/// Each step takes the passages found so far as given and asks three things of the others: whether they share rare words with the
/// passage found last (a lexical hop, over everything read), whether passages and question make their beginnings more probable
/// (they are named, or what is said of them is), and whether they make the question more probable yet (they explain what of it
/// is open). A step is taken only where something is named, or open: a question of one fact costs next to nothing more.
package struct MultiHopSearch {
    private let context: RetrievalContext
    private let corpus: Corpus
    private let scores: QuestionScores
    private var plan: RetrievalPlan.Hops { context.plan.hops }

    /// - Parameter scores: Of the question's first stages.
    package init(_ context: RetrievalContext, corpus: Corpus, scores: QuestionScores) {
        self.context = context
        self.corpus = corpus
        self.scores = scores
    }

    /// What was found.
    package struct Found {
        /// Best first.
        package var ranking: [ScoredPassage]
        /// How many of the first are needed together.
        package var steps: Int
    }

    /// Puts the passages that are needed together first, in the order of the steps.
    /// - Parameter ranking: Passages by what the question alone says of them, best first.
    package func extend(_ ranking: [ScoredPassage], for question: Int) throws -> Found {
        var found = Found(ranking: ranking, steps: 1)
        while found.steps <= plan.most, try step(&found, for: question) { try Task.checkCancellation() }
        if plan.most > 0 { context.meter.record("hops", kept: Array(found.ranking.prefix(found.steps)), for: question) }
        return found
    }

    /// Takes a step, or orders what the last one left.
    /// - Returns: Whether a passage was added.
    private func step(_ found: inout Found, for question: Int) throws -> Bool {
        let chain = Array(found.ranking.prefix(found.steps))
        guard let last = chain.last, hasRoom(behind: chain) else { return false }
        var hop = context.lexicalQuery(question)
        hop.add(last.passage.text)
        let words = BM25([context.lexicalQuery(question), hop], context.plan.lexical, over: corpus)
        let shared = words.scores(of: corpus)[1]

        var rest = Array(found.ranking.dropFirst(found.steps))
        let texts = Set(found.ranking.map(\.passage.tokens))
        rest += QuestionScores.best(plan.candidates, by: shared.passages, in: corpus, isKnown: texts)
            .compactMap { scores.passage($0, in: corpus) }
        guard !rest.isEmpty else { return false }
        func columns(_ passages: [ScoredPassage]) -> (fused: [Float], shared: [Float]) {
            (passages.map { scores.passages[$0.number] }, passages.map { shared.passages[$0.number] })
        }
        let all = columns(rest)
        let judged = Array(
            ScoredPassage.ordered(
                rest, by: Fusion.fused([.init(all.fused, weight: plan.fusedWhereJudged), .init(all.shared)])
            ).prefix(
                plan.judged))

        let asked = AskedPrompt(question: question, prompt: context.questions[question])
        let given = chain.flatMap(\.readable)
        let named = try context.scorer.information(
            about: judged.map(\.passage), tokens: plan.headTokens, behind: given, asked)
        let open = words.missing(from: chain.map(\.number), of: corpus)
        let least = plan.leastInformation + plan.furtherInformation * Float(found.steps - 1)
        if plan.isAutomatic, (named.max() ?? 0) + plan.openWeight * open < least {
            if found.steps == 1 {
                found.ranking =
                    chain
                    + ScoredPassage.ordered(
                        rest, by: Fusion.fused([.init(all.fused), .init(all.shared, weight: plan.sharedWithoutStep)]))
            }
            return false
        }
        let explained = try context.scorer.likelihoods(of: asked, behind: given, after: judged.map(\.excerpt))
        let own = columns(judged)
        let weights = plan.weights
        let order = ScoredPassage.ordered(
            judged,
            by: Fusion.fused([
                .init(explained, weight: weights.explained, leastDeviation: weights.leastDeviation),
                .init(own.fused, weight: weights.fused), .init(own.shared, weight: weights.shared),
                .init(named, weight: weights.named),
            ]))
        // What of the next passage belongs here, its words say: the question alone does not point at it.
        let next = order[0].passage(scoring: shared.sentences[corpus.sentences(of: order[0].number)])
        // The first step orders all others; later ones, which take more for granted, each add a passage to what is known.
        let others = found.steps == 1 ? order.dropFirst() + rest : rest
        var known: Set<Int> = []
        found.ranking = (chain + [next] + others).filter { known.insert($0.number).inserted }
        found.steps += 1
        return true
    }

    /// Whether another passage behind these stays within what the context is known to hold.
    private func hasRoom(behind chain: [ScoredPassage]) -> Bool {
        let tokens = chain.reduce(0) { $1.readable.reduce($0) { $0 + $1.tokenCount } }
        return tokens + context.plan.segmentation.longestPassage(inWindow: context.window) <= context.window
    }
}
