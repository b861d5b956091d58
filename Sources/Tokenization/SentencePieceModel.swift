/// SentencePiece's byte-pair encoding (Llama 2, Mistral, TinyLlama): characters are symbols, scores order the merges, and what the
/// vocabulary does not have becomes byte tokens.
///
/// Source: Kudo and Richardson, "SentencePiece" (arXiv 1808.06226). The text is kept with spaces; vocabularies write them `▁`.
final class SentencePieceModel: TokenizerModel {
    let vocabulary: Vocabulary
    let merges: MergeTable
    let cleaning: TextCleaner.Options
    let warnings: [String] = []
    let takesWholeWords = false
    /// The token of each byte; -1 where the vocabulary has none.
    private let byteTokens: [TokenID]
    private let unknown: TokenID
    /// Whether no token has a space behind another character: then merges never pass the beginning of a run of spaces, and the
    /// text can be cut there.
    private let cutsBeforeSpaces: Bool

    init(_ description: TokenizerDescription) throws(TokenizerError) {
        guard let scores = description.scores else { throw .missing(field: "tokenizer.ggml.scores") }
        let vocabulary = try Vocabulary(description, usesByteAlphabet: false)
        guard scores.count == vocabulary.count else {
            throw .countMismatch(field: "tokenizer.ggml.scores", expected: vocabulary.count, found: scores.count)
        }
        self.vocabulary = vocabulary
        cleaning = .init(addsSpacePrefix: description.addsSpacePrefix ?? true, readsLowerBlockAsSpace: true)
        var byteTokens = [TokenID](repeating: -1, count: 256)
        var unknown = description.unknown
        var cutsBeforeSpaces = true
        for id in 0..<TokenID(vocabulary.count) {
            let bytes = vocabulary.bytes(of: id)
            switch vocabulary.kinds[Int(id)] {
            case .byte:
                if let byte = bytes.first, bytes.count == 1 { byteTokens[Int(byte)] = id }
            case .unknown:
                unknown = unknown ?? id
            case .normal:
                let space = UInt8(ascii: " ")
                if zip(bytes, bytes.dropFirst()).contains(where: { $0 != space && $1 == space }) {
                    cutsBeforeSpaces = false
                }
            case .added, .control, .unused:
                break
            }
        }
        self.byteTokens = byteTokens
        self.unknown = unknown ?? -1
        self.cutsBeforeSpaces = cutsBeforeSpaces
        merges = Self.mergeTable(vocabulary, scores)
    }

    /// All ways in which a token can be put together of two, ranked by the token's score.
    private static func mergeTable(_ vocabulary: Vocabulary, _ scores: [Float]) -> MergeTable {
        let normal = vocabulary.kinds.indices.filter { vocabulary.kinds[$0] == .normal && !scores[$0].isNaN }
        let ordered = normal.sorted { (scores[$1], $0) < (scores[$0], $1) }
        var table = MergeTable(capacity: normal.count * 4)
        var rank = -1
        var lastScore = Float.nan
        vocabulary.withTokenFinder { finder in
            vocabulary.strings.bytes.withUnsafeBufferPointer { bytes in
                for number in ordered {
                    // Tokens of one score are of one rank: of them the leftmost merges first.
                    if scores[number] != lastScore { rank += 1 }
                    lastScore = scores[number]
                    let text = UnsafeBufferPointer(rebasing: bytes[vocabulary.strings.range(number)])
                    guard finder.token(text) == TokenID(number) else { continue }
                    for cut in stride(from: 1, to: text.count, by: 1) where text[cut] & 0xC0 != 0x80 {
                        if let left = finder.token(UnsafeBufferPointer(rebasing: text[..<cut])),
                            let right = finder.token(UnsafeBufferPointer(rebasing: text[cut...]))
                        {
                            table.insert(left: left, right: right, rank: rank, result: TokenID(number))
                        }
                    }
                }
            }
        }
        return table
    }

    func wordEnd(
        in text: UnsafeBufferPointer<UInt8>, from start: Int, isEnd: Bool, classes: inout ScalarClasses
    ) -> Int? {
        let space = UInt8(ascii: " ")
        var limit = text.count
        var isEnd = isEnd
        if limit - start > WordScanner.longestWord {
            limit = start + WordScanner.longestWord
            while text[limit] & 0xC0 == 0x80 { limit -= 1 }
            isEnd = true
        }
        var end = start
        if cutsBeforeSpaces {
            while end < limit, text[end] == space { end += 1 }
            while end < limit, text[end] != space { end += 1 }
        } else {
            end = limit
        }
        return end < limit || isEnd ? end : nil
    }

    func appendSymbols(of word: UnsafeBufferPointer<UInt8>, to symbols: inout Symbols) {
        guard let base = word.baseAddress else { return }
        vocabulary.withTokenFinder { finder in
            var position = 0
            while position < word.count {
                let (_, length) = decodedScalar(base + position)
                let character = UnsafeBufferPointer(rebasing: word[position..<position + length])
                if let token = finder.token(character) {
                    symbols.append(token, start: position)
                } else {
                    appendBytes(of: character, at: position, to: &symbols)
                }
                position += length
            }
        }
    }

    private func appendBytes(of character: UnsafeBufferPointer<UInt8>, at position: Int, to symbols: inout Symbols) {
        if character.allSatisfy({ byteTokens[Int($0)] >= 0 }) {
            for (offset, byte) in character.enumerated() {
                symbols.append(byteTokens[Int(byte)], start: position + offset)
            }
        } else if unknown >= 0, symbols.ids.last != unknown {
            // Unknown characters next to each other are one unknown token.
            symbols.append(unknown, start: position)
        }
    }

    func advance(_ engine: inout TokenEngine, _ bytes: UnsafeBufferPointer<UInt8>, isLast: Bool) {
        engine.push(bytes, isLast: isLast, by: self)
    }
}
