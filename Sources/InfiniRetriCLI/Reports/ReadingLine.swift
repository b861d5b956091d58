import InfiniRetri

/// How far reading has come, for a progress line.
enum ReadingLine {
    /// `12 windows, 17,350 tokens, 850 tokens/s, 1:20 left`
    static func text(of progress: ReadingProgress) -> String {
        var parts = [
            "\(Quantity.count(progress.windows, "window"))",
            "\(Quantity.count(progress.documentTokens)) tokens",
            "\(Quantity.count(Int(progress.tokensPerSecond))) tokens/s",
        ]
        if let left = progress.secondsLeft { parts.append("\(Quantity.duration(left)) left") }
        return parts.joined(separator: ", ")
    }
}
