import Documents

/// What a change of an index came to.
public struct IndexChange: Sendable, Hashable {
    /// Documents that were read to their end by this call.
    public var added = 0
    /// Documents that were there already, unchanged.
    public var unchanged = 0
    /// Documents that no longer count.
    public var removed = 0
    /// Documents that are found elsewhere, with the bytes that they had.
    public var moved = 0
    /// What was left out of what was to be read, and why.
    public var omissions: [Omission] = []
    /// Windows read.
    public var windows = 0
    /// Tokens that went through the model.
    public var processedTokens = 0
    /// Seconds for all of it.
    public var seconds = 0.0
}
