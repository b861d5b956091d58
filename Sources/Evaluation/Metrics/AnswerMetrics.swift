import Foundation

/// Compares a generated answer with the accepted ones, as SQuAD's evaluation script does
/// (Rajpurkar et al., arXiv 1606.05250): lower case, no ASCII punctuation, no English articles, single spaces.
public enum AnswerMetrics {
    /// SQuAD's normal form of an answer.
    public static func normalized(_ text: String) -> String {
        words(of: text).joined(separator: " ")
    }

    /// What small models say first; behind it they often say it again, and again, which tells nothing about evidence.
    public static func firstLine(of answer: String) -> String {
        answer.split(whereSeparator: \.isNewline).first { !$0.allSatisfy(\.isWhitespace) }.map(String.init) ?? ""
    }

    /// 1 when the normal forms of `answer` and of one of `accepted` are equal, else 0.
    public static func exactMatch(_ answer: String, accepted: [String]) -> Double {
        let form = normalized(answer)
        return accepted.contains { normalized($0) == form } ? 1 : 0
    }

    /// The best F1 over the accepted answers, of the words that an answer shares with the accepted one, counted with repetition.
    ///
    /// SQuAD splits words at spaces only; here each Chinese, Japanese or Korean character counts as a word of its own,
    /// which is the usual reading for texts without spaces.
    public static func f1(_ answer: String, accepted: [String]) -> Double {
        let given = units(of: answer)
        return accepted.map { f1(given, units(of: $0)) }.max() ?? 0
    }

    /// 1 when the normal form of one of `accepted` stands as whole words inside that of `answer`, else 0.
    public static func containment(_ answer: String, accepted: [String]) -> Double {
        let form = " " + normalized(answer) + " "
        return accepted.contains { expected in
            let expectedForm = normalized(expected)
            return !expectedForm.isEmpty && form.contains(" " + expectedForm + " ")
        } ? 1 : 0
    }

    private static func f1(_ given: [String], _ accepted: [String]) -> Double {
        given.isEmpty || accepted.isEmpty ? (given == accepted ? 1 : 0) : Overlap.f1(given, accepted)
    }

    private static func words(of text: String) -> [String] {
        let kept = text.lowercased().unicodeScalars.filter { !$0.isASCIIPunctuation }
        return String(String.UnicodeScalarView(kept))
            .split(whereSeparator: \.isWhitespace)
            .map(String.init)
            .filter { !["a", "an", "the"].contains($0) }
    }

    private static func units(of text: String) -> [String] {
        words(of: text).flatMap { word -> [String] in
            var units: [String] = []
            var pending = ""
            for character in word {
                if isIdeographic(character) {
                    if !pending.isEmpty { units.append(pending) }
                    pending = ""
                    units.append(String(character))
                } else {
                    pending.append(character)
                }
            }
            if !pending.isEmpty { units.append(pending) }
            return units
        }
    }

    private static func isIdeographic(_ character: Character) -> Bool {
        guard let scalar = character.unicodeScalars.first else { return false }
        switch scalar.value {
        // Kana, CJK extension A, CJK unified, Hangul syllables, compatibility ideographs, supplementary ideographs.
        case 0x3040...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xAC00...0xD7AF, 0xF900...0xFAFF, 0x20000...0x3134F:
            return true
        default: return false
        }
    }
}
