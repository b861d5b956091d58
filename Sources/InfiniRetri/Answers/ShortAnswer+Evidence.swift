extension ShortAnswer {
    /// Words of a piece of evidence.
    /// - Parameter range: Where they stand in it, in UTF-8 bytes, between two characters.
    package init(_ range: Range<Int>, of evidence: Evidence, probability: Double) {
        let start = evidence.textRange.lowerBound
        // Text that was repaired or decoded runs not in step with the file's bytes; then the bytes are those of the whole piece.
        let bytes = evidence.byteRange.map { bytes in
            bytes.count == evidence.textRange.count
                ? bytes.lowerBound + range.lowerBound..<bytes.lowerBound + range.upperBound : bytes
        }
        self.init(
            text: String(decoding: Array(evidence.text.utf8)[range], as: UTF8.self), document: evidence.document,
            byteRange: bytes,
            textRange: start + range.lowerBound..<start + range.upperBound, probability: probability)
    }
}
