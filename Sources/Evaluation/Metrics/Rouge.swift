/// ROUGE (Lin 2004, "ROUGE: A Package for Automatic Evaluation of Summaries").
public enum Rouge {
    /// ROUGE-1: F measure of the words that `candidate` shares with `reference`, counted with repetition; 0 when either has
    /// no word.
    ///
    /// Words are runs of letters and digits in lower case, without stemming.
    public static func unigramF1(_ candidate: String, reference: String) -> Double {
        Overlap.f1(LexicalWords.of(candidate), LexicalWords.of(reference))
    }

    /// ROUGE-L of whole summaries: F measure of the words in the union of the longest common subsequences of each sentence
    /// of the reference with each of the candidate.
    ///
    /// The values are those of the Python package `rouge` 1.0.1, which LongBench uses: sentences end at every full stop,
    /// words stand between spaces, every different word counts once, and 1e-8 is added to the denominator. 0 where either
    /// text has no sentence. (That package fails on sentences of about a thousand words, which LongBench counts as 0; here
    /// they have their value.)
    public static func longestSubsequenceF1(_ candidate: String, reference: String) -> Double {
        let given = sentences(of: candidate)
        let wanted = sentences(of: reference)
        guard !given.isEmpty, !wanted.isEmpty else { return 0 }
        var shared: Set<String> = []
        for sentence in wanted {
            for other in given { shared.formUnion(longestCommonSubsequence(sentence, other)) }
        }
        let precision = Double(shared.count) / Double(Set(given.joined()).count)
        let recall = Double(shared.count) / Double(Set(wanted.joined()).count)
        return 2 * (precision * recall / (precision + recall + 1e-8))
    }

    /// Sentences in words. One of spaces alone has the empty word, as in that package.
    private static func sentences(of text: String) -> [[String]] {
        text.unicodeScalars.split(separator: ".").map { sentence in
            let words = sentence.split { $0.properties.isWhitespace }.map { String($0) }
            return words.isEmpty ? [""] : words
        }
    }

    /// One of the longest common subsequences: read from the end, and where both ways are equally long, the word of
    /// `second` is given up first. O(n m) in time and memory.
    private static func longestCommonSubsequence(_ first: [String], _ second: [String]) -> [String] {
        // Numbers are compared faster than words.
        var numbers: [String: Int32] = [:]
        func numbered(_ words: [String]) -> [Int32] {
            words.map { word in
                if let number = numbers[word] { return number }
                let number = Int32(numbers.count)
                numbers[word] = number
                return number
            }
        }
        let (rows, columns) = (numbered(first), numbered(second))
        let width = columns.count + 1
        var lengths = [Int32](repeating: 0, count: (rows.count + 1) * width)
        for row in 1...rows.count {
            for column in 1...columns.count {
                lengths[row * width + column] =
                    rows[row - 1] == columns[column - 1]
                    ? lengths[(row - 1) * width + column - 1] + 1
                    : max(lengths[(row - 1) * width + column], lengths[row * width + column - 1])
            }
        }
        var common: [String] = []
        var (row, column) = (rows.count, columns.count)
        while row > 0, column > 0 {
            if rows[row - 1] == columns[column - 1] {
                common.append(first[row - 1])
                row -= 1
                column -= 1
            } else if lengths[(row - 1) * width + column] > lengths[row * width + column - 1] {
                row -= 1
            } else {
                column -= 1
            }
        }
        return common.reversed()
    }
}
