/// Byte-level byte-pair encoding (GPT-2's): every byte is a symbol.
final class ByteLevelModel: TokenizerModel {
    let vocabulary: Vocabulary
    let merges: MergeTable
    let warnings: [String]
    private let scanner: WordScanner
    /// The token of each byte; -1 where the vocabulary has none. Such bytes are left out, as the Hugging Face tokenizers do.
    private let byteTokens: [TokenID]

    var cleaning: TextCleaner.Options { .init(normalizes: scanner.rules.normalizes) }
    var takesWholeWords: Bool { scanner.rules.takesWholeWords }

    init(_ description: TokenizerDescription) throws(TokenizerError) {
        guard let merges = description.merges else { throw .missing(field: "tokenizer.ggml.merges") }
        let vocabulary = try Vocabulary(description, usesByteAlphabet: true)
        self.vocabulary = vocabulary
        self.merges = try Self.mergeTable(merges, vocabulary)
        byteTokens = (0...UInt8.max).map { byte in
            withUnsafePointer(to: byte) { vocabulary.token(UnsafeBufferPointer(start: $0, count: 1)) ?? -1 }
        }
        if let rules = SplitRules.named(description.preTokenizer ?? "default") {
            scanner = WordScanner(rules: rules)
            warnings = []
        } else {
            scanner = WordScanner(rules: .fallback)
            warnings = [
                "the tokenizer's rules \"\(description.preTokenizer ?? "")\" are not known; the default rules stand in for them, "
                    + "and some words may be cut differently than in training"
            ]
        }
    }

    private static func mergeTable(
        _ merges: PackedStrings, _ vocabulary: Vocabulary
    ) throws(TokenizerError) -> MergeTable {
        var table = MergeTable(capacity: merges.count)
        var malformed: Int?
        var joined: [UInt8] = []
        // Vocabularies list what merges make in the order of the merges, so the next token is tried first.
        var next = 0
        vocabulary.withTokenFinder { finder in
            merges.bytes.withUnsafeBufferPointer { bytes in
                for rank in 0..<merges.count {
                    let text = UnsafeBufferPointer(rebasing: bytes[merges.byteRange(rank)])
                    guard let space = text.firstIndex(of: UInt8(ascii: " ")) else {
                        malformed = rank
                        return
                    }
                    joined.removeAll(keepingCapacity: true)
                    guard ByteAlphabet.decode(UnsafeBufferPointer(rebasing: text[..<space]), into: &joined) else {
                        continue
                    }
                    let leftCount = joined.count
                    guard ByteAlphabet.decode(UnsafeBufferPointer(rebasing: text[(space + 1)...]), into: &joined) else {
                        continue
                    }
                    // A merge of or to something that text may not become, such as a control token, is left out.
                    joined.withUnsafeBufferPointer { joined in
                        guard let left = finder.token(UnsafeBufferPointer(rebasing: joined[..<leftCount])),
                            let right = finder.token(UnsafeBufferPointer(rebasing: joined[leftCount...]))
                        else { return }
                        let isNext =
                            next < vocabulary.count && vocabulary.kinds[next] == .normal && finder.isToken(next, joined)
                        guard let result = isNext ? TokenID(next) : finder.token(joined) else { return }
                        table.insert(left: left, right: right, rank: rank, result: result)
                        next = Int(result) + 1
                    }
                }
            }
        }
        if let malformed { throw .malformedMerge(index: malformed, text: merges[malformed]) }
        return table
    }

    func wordEnd(
        in text: UnsafeBufferPointer<UInt8>, from start: Int, isEnd: Bool, classes: inout ScalarClasses
    ) -> Int? {
        scanner.wordEnd(in: text, from: start, isEnd: isEnd, classes: &classes)
    }

    func appendSymbols(of word: UnsafeBufferPointer<UInt8>, to symbols: inout Symbols) {
        for (offset, byte) in word.enumerated() where byteTokens[Int(byte)] >= 0 {
            symbols.append(byteTokens[Int(byte)], start: offset)
        }
    }

    func advance(_ engine: inout TokenEngine, _ bytes: UnsafeBufferPointer<UInt8>, isLast: Bool) {
        engine.push(bytes, isLast: isLast, by: self)
    }
}
