import Documents

/// `{"document", "byteRange": [start, end], "textRange": [start, end], "line", "location", "place", "text", "context", "score",
/// "tokenScores"}`, wherever evidence is written; what there is not is left out.
extension Evidence: Codable {
    private enum CodingKeys: String, CodingKey {
        case document, byteRange, textRange, line, location, place, text, context, score, tokenScores
    }

    /// Reads the JSON object.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            document: try container.decode(String.self, forKey: .document),
            byteRange: container.contains(.byteRange) ? try container.range(.byteRange) : nil,
            textRange: try container.range(.textRange), line: try container.decodeIfPresent(Int.self, forKey: .line),
            location: try container.decodeIfPresent(Location.self, forKey: .location),
            text: try container.decode(String.self, forKey: .text),
            context: try container.decodeIfPresent([Context].self, forKey: .context) ?? [],
            score: try container.decode(Float.self, forKey: .score),
            tokenScores: try container.decodeIfPresent([TokenScore].self, forKey: .tokenScores))
    }

    /// Writes the JSON object.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(document, forKey: .document)
        if let byteRange { try container.encode(byteRange, .byteRange) }
        try container.encode(textRange, .textRange)
        try container.encodeIfPresent(line, forKey: .line)
        try container.encodeIfPresent(location, forKey: .location)
        try container.encode(place, forKey: .place)
        try container.encode(text, forKey: .text)
        if !context.isEmpty { try container.encode(context, forKey: .context) }
        try container.encode(score, forKey: .score)
        try container.encodeIfPresent(tokenScores, forKey: .tokenScores)
    }
}

/// `{"text", "textRange": [start, end]}`.
extension Evidence.Context: Codable {
    private enum CodingKeys: String, CodingKey { case text, textRange }

    /// Reads the JSON object.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            text: try container.decode(String.self, forKey: .text), textRange: try container.range(.textRange))
    }

    /// Writes the JSON object.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(text, forKey: .text)
        try container.encode(textRange, .textRange)
    }
}

extension KeyedDecodingContainer {
    /// A range that is written as `[start, end]`.
    fileprivate func range(_ key: Key) throws -> Range<Int> {
        let bounds = try decode([Int].self, forKey: key)
        guard bounds.count == 2, bounds[0] <= bounds[1] else {
            throw DecodingError.dataCorruptedError(
                forKey: key, in: self, debugDescription: "a range is [start, end]")
        }
        return bounds[0]..<bounds[1]
    }
}

extension KeyedEncodingContainer {
    fileprivate mutating func encode(_ range: Range<Int>, _ key: Key) throws {
        try encode([range.lowerBound, range.upperBound], forKey: key)
    }
}
