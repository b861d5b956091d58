/// The words that a passage shares with the question, as a factor of its score.
///
/// Stored keys were made without the question, and in very long texts the heads that attend to them let too many passages into
/// the first round. Words that are rare in all these texts are what then tells passages apart.
final class LexicalStage<Block: PassageBlock>: FirstStage {
    private let bm25: BM25
    private let floor: Float
    private let questions: Int

    /// - Parameter passages: Calls its argument with the text of every passage of the corpus.
    init(_ context: RetrievalContext, passages: (_ count: (UnsafeRawBufferPointer) -> Void) -> Void) {
        let texts = context.questions.map { context.tokenizer.decode($0.suffix[$0.queryTokens]) }
        bm25 = BM25(questions: texts, context.plan.lexical, passages: passages)
        floor = context.plan.lexical.floor
        questions = texts.count
    }

    func observe(_ block: Block) -> [[Observation?]] {
        let shares = (0..<block.count).map { block.withText($0, bm25.shares) }
        return (0..<questions).map { question in shares.map { .score(floor + $0[question]) } }
    }
}
