import Documents

/// `{"document", "byteRange": [start, end], "textRange": [start, end], "line", "text", "score"}`, wherever evidence is written.
extension Evidence: Codable {
    private enum CodingKeys: String, CodingKey { case document, byteRange, textRange, line, text, score }

    /// Reads the JSON object.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func range(_ key: CodingKeys) throws -> Range<Int> {
            let bounds = try container.decode([Int].self, forKey: key)
            guard bounds.count == 2, bounds[0] <= bounds[1] else {
                throw DecodingError.dataCorruptedError(
                    forKey: key, in: container, debugDescription: "a range is [start, end]")
            }
            return bounds[0]..<bounds[1]
        }
        self.init(
            document: try container.decode(String.self, forKey: .document), byteRange: try range(.byteRange),
            textRange: try range(.textRange), line: try container.decode(Int.self, forKey: .line),
            text: try container.decode(String.self, forKey: .text),
            score: try container.decode(Float.self, forKey: .score))
    }

    /// Writes the JSON object.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(document, forKey: .document)
        try container.encode([byteRange.lowerBound, byteRange.upperBound], forKey: .byteRange)
        try container.encode([textRange.lowerBound, textRange.upperBound], forKey: .textRange)
        try container.encode(line, forKey: .line)
        try container.encode(text, forKey: .text)
        try container.encode(score, forKey: .score)
    }
}
