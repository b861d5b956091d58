/// ROUGE-1 (Lin 2004, "ROUGE: A Package for Automatic Evaluation of Summaries"): overlap of single words.
public enum Rouge {
    /// F measure of the words that `candidate` shares with `reference`, counted with repetition; 0 when either has no word.
    ///
    /// Words are runs of letters and digits in lower case, without stemming.
    public static func unigramF1(_ candidate: String, reference: String) -> Double {
        let given = LexicalWords.of(candidate)
        let wanted = LexicalWords.of(reference)
        let shared = AnswerMetrics.sharedCount(given, wanted)
        guard shared > 0 else { return 0 }
        return 2 * Double(shared) / Double(given.count + wanted.count)
    }
}
