/// The steps of a stream: clean the bytes, find added tokens, cut words, make tokens of words.
struct TokenEngine {
    var workspace: EncodingWorkspace
    private var cleaner: TextCleaner
    private var map = PositionMap()
    /// The position of the first byte of `workspace.text`.
    private var textStart = 0
    /// Up to where `workspace.text` has been tokenized.
    private var consumed = 0
    /// The text must have this many bytes left before it is worth another look.
    private var worthwhile = 0
    /// The end, in the original, of the last token that was given out.
    private var lastEnd = 0

    /// Chunks are taken in pieces of this size, so that what one step leaves for the next is still in the cache. In bytes.
    private static let pieceSize = 1 << 16
    /// Rests below this size are looked at again with every chunk. In bytes.
    private static let smallRest = 1 << 12

    init(cleaning: TextCleaner.Options, workspace: EncodingWorkspace) {
        self.workspace = workspace
        cleaner = TextCleaner(cleaning)
    }

    /// Makes ready for another text.
    mutating func restart(cleaning: TextCleaner.Options) {
        cleaner = TextCleaner(cleaning)
        map = PositionMap()
        (textStart, consumed, worthwhile, lastEnd) = (0, 0, 0, 0)
        workspace.text.removeAll(keepingCapacity: true)
        workspace.tokens.removeAll()
    }

    /// Hands out the tokens that are certain.
    mutating func takeTokens() -> [Token] {
        let ids = workspace.tokens.ids
        let ends = workspace.tokens.ends
        var tokens: [Token] = []
        tokens.reserveCapacity(ids.count)
        for index in ids.indices {
            let end = map.original(ends[index])
            tokens.append(Token(id: ids[index], byteRange: lastEnd..<end))
            lastEnd = end
        }
        workspace.tokens.removeAll()
        return tokens
    }

    /// Takes bytes; leaves the tokens that are certain in the workspace.
    mutating func push(_ bytes: UnsafeBufferPointer<UInt8>, isLast: Bool, by model: some SubwordModel) {
        var position = 0
        repeat {
            let end = min(position + Self.pieceSize, bytes.count)
            let piece = UnsafeBufferPointer(rebasing: bytes[position..<end])
            let isLastPiece = isLast && end == bytes.count
            cleaner.push(
                piece, isLast: isLastPiece, classes: &workspace.classes, into: &workspace.text, &map)
            position = end
            tokenize(isEnd: isLastPiece, by: model)
        } while position < bytes.count
    }

    private mutating func tokenize(isEnd: Bool, by model: some SubwordModel) {
        guard isEnd || workspace.text.count - consumed >= worthwhile else { return }
        // Taken out, so that the text can be read while the rest of the workspace changes.
        var text: [UInt8] = []
        swap(&text, &workspace.text)
        text.withUnsafeBufferPointer { tokenize($0, isEnd, model) }
        text.removeFirst(consumed)
        textStart += consumed
        consumed = 0
        swap(&text, &workspace.text)
        // A word that does not end is not scanned again before it is twice as long: linear time in all.
        let rest = workspace.text.count
        worthwhile = rest > Self.smallRest ? min(rest * 2, WordScanner.longestWord + 1) : 0
    }

    private mutating func tokenize(_ text: UnsafeBufferPointer<UInt8>, _ isEnd: Bool, _ model: some SubwordModel) {
        let added = model.vocabulary.addedTokens
        while consumed < text.count {
            switch added.first(in: text, from: consumed, isEnd: isEnd) {
            case .found(let id, let range):
                tokenizeWords(UnsafeBufferPointer(rebasing: text[..<range.lowerBound]), isEnd: true, model)
                workspace.tokens.append(id, end: textStart + range.upperBound)
                consumed = range.upperBound
            case .none(let before):
                let segment = UnsafeBufferPointer(rebasing: text[..<before])
                tokenizeWords(segment, isEnd: isEnd && before == text.count, model)
                return
            }
        }
    }

    private mutating func tokenizeWords(
        _ text: UnsafeBufferPointer<UInt8>, isEnd: Bool, _ model: some SubwordModel
    ) {
        while consumed < text.count,
            let end = model.wordEnd(in: text, from: consumed, isEnd: isEnd, classes: &workspace.classes)
        {
            let word = UnsafeBufferPointer(rebasing: text[consumed..<end])
            workspace.encoder.encode(word, at: textStart + consumed, by: model, into: &workspace.tokens)
            consumed = end
        }
    }
}
