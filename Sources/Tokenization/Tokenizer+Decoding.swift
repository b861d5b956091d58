extension Tokenizer {
    /// The text of tokens. Bytes that are no UTF-8 count as U+FFFD, as in `encode(utf8:)`.
    ///
    /// - Parameter controlTokens: whether control tokens are written by their names; else they are left out.
    public func decode(_ ids: some Sequence<TokenID>, controlTokens: Bool = false) -> String {
        var decoder = makeDecoder(controlTokens: controlTokens)
        return decoder.push(ids) + decoder.finish()
    }

    /// A decoder for tokens that come one by one.
    public func makeDecoder(controlTokens: Bool = false) -> StreamingDecoder {
        StreamingDecoder(self, controlTokens: controlTokens)
    }
}
