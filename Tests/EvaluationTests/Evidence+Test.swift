import InfiniRetri

extension Evidence {
    /// A piece of a text, of which only place and words matter to a test.
    init(byteRange: Range<Int>, text: String) {
        self.init(document: "context", byteRange: byteRange, line: 1, text: text, score: 0)
    }
}
