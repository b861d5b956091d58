/// How LongBench judges the answers to one of its data sets (Bai et al., arXiv 2308.14508): a value from 0 to 1.
///
/// The values are those of LongBench's own scripts, whose details are kept, oddities included: figures are only worth
/// something where they compare. Chinese is the exception: words are characters here (``ChineseWords``), where LongBench asks
/// a segmenter.
public enum LongBenchMetric: Sendable, Hashable {
    /// F1 of words in SQuAD's normal form.
    case questionAnswering
    /// F1 of Chinese words without punctuation.
    case chineseQuestionAnswering
    /// F measure of ROUGE-L.
    case rouge
    /// F measure of ROUGE-L over Chinese words.
    case chineseRouge
    /// Whether the right class is named, shared by all classes that are named.
    case classification
    /// The share of numbers in the answer that are the right paragraph's.
    case paragraphNumber
    /// The share of numbers in the answer that are the right count.
    case count
    /// Similarity of the first line of code with the right one.
    case codeSimilarity

    /// The best value over the accepted answers.
    /// - Parameter classes: All classes of a classification task.
    public func value(_ answer: String, accepted: [String], classes: [String] = []) -> Double {
        accepted.map { value(answer, accepted: $0, classes: classes) }.max() ?? 0
    }

    private func value(_ answer: String, accepted: String, classes: [String]) -> Double {
        switch self {
        case .questionAnswering:
            Overlap.f1(LongBenchText.words(of: answer), LongBenchText.words(of: accepted))
        case .chineseQuestionAnswering:
            Overlap.f1(
                ChineseWords.of(answer).compactMap(LongBenchText.withoutPunctuation),
                ChineseWords.of(accepted).compactMap(LongBenchText.withoutPunctuation))
        case .rouge: Rouge.longestSubsequenceF1(answer, reference: accepted)
        case .chineseRouge:
            Rouge.longestSubsequenceF1(
                ChineseWords.of(answer).joined(separator: " "),
                reference: ChineseWords.of(accepted).joined(separator: " "))
        case .classification: Self.classification(answer, accepted: accepted, classes: classes)
        case .paragraphNumber:
            Self.shareOfNumbers(in: answer, equalTo: LongBenchText.numbers(in: accepted).first ?? accepted)
        case .count: Self.shareOfNumbers(in: answer, equalTo: accepted)
        case .codeSimilarity: CodeSimilarity.ratio(Self.firstLineOfCode(answer), accepted)
        }
    }

    private static func shareOfNumbers(in answer: String, equalTo wanted: String) -> Double {
        let numbers = LongBenchText.numbers(in: answer)
        return numbers.isEmpty ? 0 : Double(numbers.count { $0 == wanted }) / Double(numbers.count)
    }

    private static func classification(_ answer: String, accepted: String, classes: [String]) -> Double {
        var named = classes.filter { answer.unicodeScalars.contains($0.unicodeScalars) }
        // A class whose name is a part of the right one's does not count as named. LongBench removes it from the list that
        // it walks along, so that the class behind a removed one is passed over; so it is here.
        var index = 0
        while index < named.count {
            let name = named[index]
            if accepted.unicodeScalars.contains(name.unicodeScalars), name != accepted {
                if let first = named.firstIndex(of: name) { named.remove(at: first) }
            }
            index += 1
        }
        return named.contains(accepted) ? 1 / Double(named.count) : 0
    }

    /// The first line that is neither a fence nor a comment of Python or C.
    private static func firstLineOfCode(_ answer: String) -> String {
        LongBenchText.lines(of: answer).first { line in
            !line.contains("`") && !line.contains("#") && !line.contains("//")
        } ?? ""
    }
}

extension String.UnicodeScalarView {
    fileprivate func contains(_ other: String.UnicodeScalarView) -> Bool {
        let other = Array(other)
        guard !other.isEmpty else { return true }
        let own = Array(self)
        guard other.count <= own.count else { return false }
        return (0...(own.count - other.count)).contains { own[$0..<($0 + other.count)].elementsEqual(other) }
    }
}
