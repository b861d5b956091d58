/// One token of a text, and where its bytes stand there.
public struct Token: Sendable, Hashable {
    /// The number in the vocabulary.
    public let id: TokenID
    /// The bytes of the given text that the token stands for. The ranges of successive tokens join without gap or overlap;
    /// a range is empty where one rewritten character (a repaired byte, a composed letter) became more tokens than it had bytes.
    public let byteRange: Range<Int>

    /// A token at a place.
    public init(id: TokenID, byteRange: Range<Int>) {
        self.id = id
        self.byteRange = byteRange
    }
}
