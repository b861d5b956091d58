/// Tokenizes a text that comes in chunks: the same tokens as the whole at once, however the chunks are cut.
///
/// Memory is bounded by the longest word, of which 2 MiB are the most. For one task at a time.
public final class TokenStream {
    private let model: any TokenizerModel
    private let pool: WorkspacePool
    private var engine: TokenEngine

    init(model: any TokenizerModel, pool: WorkspacePool) {
        self.model = model
        self.pool = pool
        engine = TokenEngine(cleaning: model.cleaning, workspace: pool.take())
    }

    deinit {
        pool.put(engine.workspace)
    }

    /// Takes the next bytes of the text.
    ///
    /// - Returns: the tokens that are certain by now; their ranges count from the beginning of the whole text.
    public func push(_ bytes: UnsafeBufferPointer<UInt8>) -> [Token] {
        model.advance(&engine, bytes, isLast: false)
        return engine.takeTokens()
    }

    /// Takes the next bytes of the text.
    ///
    /// - Returns: the tokens that are certain by now; their ranges count from the beginning of the whole text.
    public func push(_ bytes: [UInt8]) -> [Token] {
        bytes.withUnsafeBufferPointer { push($0) }
    }

    /// Ends the text.
    ///
    /// - Returns: the tokens that were not certain before. The stream is then ready for another text.
    public func finish() -> [Token] {
        model.advance(&engine, UnsafeBufferPointer(start: nil, count: 0), isLast: true)
        defer { engine.restart(cleaning: model.cleaning) }
        return engine.takeTokens()
    }

    /// Tokenizes a whole text, and gives the numbers only.
    func ids(_ bytes: UnsafeBufferPointer<UInt8>) -> [TokenID] {
        model.advance(&engine, bytes, isLast: true)
        defer { engine.restart(cleaning: model.cleaning) }
        return engine.workspace.tokens.ids
    }

    /// Tokenizes a whole text.
    func tokens(_ bytes: UnsafeBufferPointer<UInt8>) -> [Token] {
        model.advance(&engine, bytes, isLast: true)
        defer { engine.restart(cleaning: model.cleaning) }
        return engine.takeTokens()
    }
}
