import InfiniRetri

/// Passages that are ranked as wholes.
struct PassageTexts: LexicalText {
    private let texts: [[UInt8]]

    init(_ passages: [String]) { texts = passages.map { Array($0.utf8) } }

    var passages: Range<Int> { texts.indices }

    func forEachSentence(of passage: Int, _ body: (UnsafeRawBufferPointer) -> Void) {
        texts[passage].withUnsafeBytes(body)
    }
}
