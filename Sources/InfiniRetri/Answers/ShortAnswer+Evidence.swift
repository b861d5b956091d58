extension ShortAnswer {
    /// Words of a piece of evidence.
    /// - Parameter range: Where they stand in it, in UTF-8 bytes, between two characters.
    package init(_ range: Range<Int>, of evidence: Evidence, probability: Double) {
        let start = evidence.textRange.lowerBound
        // Text that was repaired runs not in step with the file's bytes; then the bytes are those of the whole piece.
        let isInStep = evidence.byteRange.count == evidence.textRange.count
        let bytesBefore = evidence.byteRange.lowerBound
        self.init(
            text: String(decoding: Array(evidence.text.utf8)[range], as: UTF8.self), document: evidence.document,
            byteRange: isInStep
                ? bytesBefore + range.lowerBound..<bytesBefore + range.upperBound : evidence.byteRange,
            textRange: start + range.lowerBound..<start + range.upperBound, probability: probability)
    }
}
