import Foundation

/// Judges the evidence that was kept for a question, whatever was answered from it.
public enum EvidenceMetrics {
    /// 1 when one of `answers` stands in the evidence, read as one text with its pieces in order, else 0.
    ///
    /// Letter case and the kind and number of spaces do not count; everything else does.
    public static func answerRecall(evidence: [String], answers: [String]) -> Double {
        let text = folded(evidence.joined(separator: " "))
        return answers.map(folded).contains { !$0.isEmpty && text.contains($0) } ? 1 : 0
    }

    /// 1 when a piece of the evidence shares at least one byte with `gold`, else 0.
    /// - Parameters:
    ///   - evidence: Byte ranges in the document.
    ///   - gold: Byte range of the passage that holds the answer, in the same document.
    public static func goldHit(evidence: [Range<Int>], gold: Range<Int>) -> Double {
        evidence.contains { $0.overlaps(gold) } ? 1 : 0
    }

    /// The byte range of the first place where `passage` stands in `document`, or nil.
    public static func byteRange(of passage: String, in document: String) -> Range<Int>? {
        let needle = Data(passage.utf8)
        return needle.isEmpty ? nil : Data(document.utf8).range(of: needle)
    }

    private static func folded(_ text: String) -> String {
        text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
