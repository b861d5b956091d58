import InfiniRetri
import Tokenization

/// The whole text as evidence, where the model's context window holds it: full attention.
public struct FullContextSystem: EvidenceSystem {
    private let contextLength: Int
    private let tokenizer: Tokenizer

    /// - Parameter contextLength: Tokens that the model can take at once.
    public init(contextLength: Int, tokenizer: Tokenizer) {
        self.contextLength = contextLength
        self.tokenizer = tokenizer
    }

    /// The baseline's name.
    public let settings = ["system": "full"]

    /// The whole text for each question, or why not.
    public func outputs(for questions: [AskedQuestion], in context: String) -> [SystemOutput] {
        let start = ContinuousClock.now
        let tokens = tokenizer.encode(context).count
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        let fits = tokens < contextLength
        let whole = Evidence(document: "context", byteRange: 0..<context.utf8.count, line: 1, text: context, score: 0)
        let output = SystemOutput(
            evidence: fits ? [whole] : [], evidenceTokens: fits ? tokens : 0, documentTokens: tokens,
            retrievalSeconds: seconds, questionsInPass: questions.count,
            skipped: fits ? nil : "the text has \(tokens) tokens, the model's context window \(contextLength)")
        return questions.map { _ in output }
    }
}

/// The beginning and the end of the text in equal shares, the middle cut out: what LongBench does with a text that is too
/// long (Bai et al., arXiv 2308.14508, section 4.1).
public struct TruncatedContextSystem: EvidenceSystem {
    private let budget: Int
    private let tokenizer: Tokenizer

    /// - Parameter budget: Tokens kept, half of them from each end.
    public init(budget: Int, tokenizer: Tokenizer) {
        self.budget = budget
        self.tokenizer = tokenizer
    }

    /// The baseline's name and budget.
    public var settings: [String: String] { ["system": "truncated", "budget": "\(budget)"] }

    /// The same two ends for every question. No character is cut in two.
    public func outputs(for questions: [AskedQuestion], in context: String) -> [SystemOutput] {
        let start = ContinuousClock.now
        let bytes = Array(context.utf8)
        let tokens = tokenizer.encode(utf8: bytes)
        var ranges = [0..<bytes.count]
        if tokens.count > budget {
            let half = max(1, budget / 2)
            let head = bytes.characterStart(notBehind: tokens[half].byteRange.lowerBound)
            let tail = bytes.characterStart(notBefore: tokens[tokens.count - half].byteRange.lowerBound)
            ranges = [0..<head, tail..<bytes.count]
        }
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        let output = SystemOutput(
            evidence: ranges.map { range in
                Evidence(
                    document: "context", byteRange: range,
                    line: 1 + bytes[..<range.lowerBound].count(where: { $0 == 0x0A }),
                    text: String(decoding: bytes[range], as: UTF8.self), score: 0)
            },
            evidenceTokens: min(tokens.count, budget / 2 * 2), documentTokens: tokens.count, retrievalSeconds: seconds,
            questionsInPass: questions.count)
        return questions.map { _ in output }
    }
}

extension [UInt8] {
    /// The nearest beginning of a character of UTF-8 at or before an offset.
    func characterStart(notBehind offset: Int) -> Int {
        var offset = offset
        while offset > 0, offset < count, self[offset] & 0xC0 == 0x80 { offset -= 1 }
        return offset
    }

    /// The nearest beginning of a character of UTF-8 at or behind an offset.
    func characterStart(notBefore offset: Int) -> Int {
        var offset = offset
        while offset < count, self[offset] & 0xC0 == 0x80 { offset += 1 }
        return offset
    }
}
