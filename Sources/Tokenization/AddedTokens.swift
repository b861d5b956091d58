/// Tokens that are found in the text before it is cut into words: those that were added to a vocabulary without being control
/// tokens, such as `<tool_call>`.
///
/// Of several that begin at one place the longest is taken, as the Hugging Face tokenizers do.
struct AddedTokens: Sendable {
    /// By their first byte, the longest first.
    private var byFirstByte: [[(text: [UInt8], id: TokenID)]] = Array(repeating: [], count: 256)
    private(set) var isEmpty = true

    /// What a search came to.
    enum Match {
        /// A token at these bytes.
        case found(TokenID, Range<Int>)
        /// None before this position, where one may begin if more text follows.
        case none(before: Int)
    }

    mutating func insert(_ text: some Collection<UInt8>, id: TokenID) {
        guard let first = text.first else { return }
        isEmpty = false
        byFirstByte[Int(first)].append((Array(text), id))
        byFirstByte[Int(first)].sort { $0.text.count > $1.text.count }
    }

    /// The first token at or after a position.
    func first(in text: UnsafeBufferPointer<UInt8>, from start: Int, isEnd: Bool) -> Match {
        if isEmpty { return .none(before: text.count) }
        for position in start..<text.count {
            let candidates = byFirstByte[Int(text[position])]
            if candidates.isEmpty { continue }
            for candidate in candidates {
                let available = text.count - position
                let compared = min(available, candidate.text.count)
                guard candidate.text[..<compared].elementsEqual(text[position..<position + compared]) else { continue }
                if compared == candidate.text.count {
                    return .found(candidate.id, position..<position + compared)
                }
                if !isEnd { return .none(before: position) }
            }
        }
        return .none(before: text.count)
    }
}
