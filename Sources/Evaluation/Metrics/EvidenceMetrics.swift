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

    /// The share of gold passages that some piece of the evidence shares at least one byte with, 0...1.
    /// - Parameters:
    ///   - evidence: Byte ranges in the document.
    ///   - golds: All passages that are needed, each the byte ranges in the same document that it stands in.
    public static func goldShare(evidence: [Range<Int>], golds: [[Range<Int>]]) -> Double {
        let hit = golds.count { gold in gold.contains { goldHit(evidence: evidence, gold: $0) > 0 } }
        return Double(hit) / Double(max(1, golds.count))
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
