/// The attention that a question pays to a token of its evidence.
public struct TokenScore: Sendable, Hashable {
    /// Where the token stands in the document's extracted text, in UTF-8 bytes.
    public let textRange: Range<Int>
    /// The attention, filtered along the text (step 4 of the paper). Comparable within one answer.
    public let score: Float

    /// A score from its parts.
    public init(textRange: Range<Int>, score: Float) {
        self.textRange = textRange
        self.score = score
    }
}

/// `[start, end, score]`.
extension TokenScore: Codable {
    /// Reads the JSON array.
    public init(from decoder: any Decoder) throws {
        var values = try decoder.unkeyedContainer()
        let (start, end) = (try values.decode(Int.self), try values.decode(Int.self))
        guard start <= end else {
            throw DecodingError.dataCorruptedError(in: values, debugDescription: "a token is [start, end, score]")
        }
        self.init(textRange: start..<end, score: try values.decode(Float.self))
    }

    /// Writes the JSON array.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.unkeyedContainer()
        try values.encode(textRange.lowerBound)
        try values.encode(textRange.upperBound)
        try values.encode(score)
    }
}
