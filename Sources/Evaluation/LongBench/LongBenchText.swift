/// Texts as LongBench's scripts see them: in code points, with Python's idea of words and spaces.
enum LongBenchText {
    /// SQuAD's normal form in words: lower case, without ASCII punctuation and the articles *a, an, the*.
    static func words(of text: String) -> [String] {
        var kept = String.UnicodeScalarView()
        for scalar in text.lowercased().unicodeScalars where !scalar.isASCIIPunctuation { kept.append(scalar) }
        // An article is a whole run of letters and digits, whatever stands around it: "a" in "x—a" too.
        var words: [String] = []
        var word = String.UnicodeScalarView()
        var run = String.UnicodeScalarView()
        func endRun() {
            if !["a", "an", "the"].contains(String(run)) { word.append(contentsOf: run) } else { endWord() }
            run = String.UnicodeScalarView()
        }
        func endWord() {
            if !word.isEmpty { words.append(String(word)) }
            word = String.UnicodeScalarView()
        }
        for scalar in kept {
            if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
                run.append(scalar)
                continue
            }
            endRun()
            if scalar.properties.isWhitespace { endWord() } else { word.append(scalar) }
        }
        endRun()
        endWord()
        return words
    }

    /// A Chinese word in lower case without punctuation and spaces; nil where nothing is left.
    static func withoutPunctuation(_ word: String) -> String? {
        var kept = String.UnicodeScalarView()
        for scalar in word.lowercased().unicodeScalars
        where !scalar.isASCIIPunctuation && !chinesePunctuation.contains(scalar) && !scalar.properties.isWhitespace {
            kept.append(scalar)
        }
        return kept.isEmpty ? nil : String(kept)
    }

    /// The runs of decimal digits.
    static func numbers(in text: String) -> [String] {
        text.unicodeScalars.split { $0.properties.generalCategory != .decimalNumber }.map { String($0) }
    }

    /// The lines behind leading line feeds, empty ones included.
    static func lines(of text: String) -> [String] {
        text.unicodeScalars.drop { $0 == "\n" }.split(separator: "\n", omittingEmptySubsequences: false).map {
            String($0)
        }
    }

    /// The marks that LongBench takes out of Chinese answers.
    private static let chinesePunctuation = Set(
        "！？｡。＂＃＄％＆＇（）＊＋，－／：；＜＝＞＠［＼］＾＿｀｛｜｝～｟｠｢｣､、〃》「」『』【】〔〕〖〗〘〙〚〛〜〝〞〟〰〾〿–—‘’‛“”„‟…‧﹏."
            .unicodeScalars)
}

/// Chinese text cut into words: each character is one, and so is each run of Latin letters, or of digits.
///
/// LongBench cuts with jieba, whose words are of one to four characters. Characters need no dictionary, cut the same text the
/// same way everywhere, and are what the Chinese machine reading sets behind these data sets use; the values lie somewhat
/// higher, because a word that is half right counts half.
enum ChineseWords {
    static func of(_ text: String) -> [String] {
        var words: [String] = []
        var previous = Kind.other
        for scalar in text.unicodeScalars {
            let kind = Kind(scalar)
            if kind != .other, kind == previous {
                words[words.count - 1].unicodeScalars.append(scalar)
            } else {
                words.append(String(scalar))
            }
            previous = kind
        }
        return words
    }

    private enum Kind {
        case letter, digit, other

        init(_ scalar: Unicode.Scalar) {
            switch scalar {
            case "a"..."z", "A"..."Z": self = .letter
            case "0"..."9": self = .digit
            default: self = .other
            }
        }
    }
}
