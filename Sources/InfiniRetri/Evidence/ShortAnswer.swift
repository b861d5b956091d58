/// The words of the evidence that answer a question.
public struct ShortAnswer: Sendable, Hashable {
    /// The words, as they stand in the evidence.
    public let text: String
    /// Name of the document.
    public let document: String
    /// The bytes of the file; nil where the document is no text, or is packed.
    public let byteRange: Range<Int>?
    /// Where they stand in the document's extracted text, in UTF-8 bytes.
    public let textRange: Range<Int>
    /// The model's probability of these words as the whole answer, as a share of that of all stretches it was compared with: above 0,
    /// at most 1.
    public let probability: Double

    /// An answer from its parts.
    public init(
        text: String, document: String, byteRange: Range<Int>?, textRange: Range<Int>, probability: Double
    ) {
        self.text = text
        self.document = document
        self.byteRange = byteRange
        self.textRange = textRange
        self.probability = probability
    }
}
