/// Headings of plain text, which nothing marks but that they stand alone between blank lines: `CHAPTER IV`, `§ 12
/// Haftung`, `1.2 Scope`, `THE LIGHTHOUSE`. Rather one too few: what is taken for a heading is read as the title of
/// all that follows.
enum PlainHeading {
    /// Bytes at most.
    static let longest = 100

    /// The level of the heading that a paragraph is; nil where it is none.
    static func level(of paragraph: [Line]) -> Int? {
        guard paragraph.count <= 2, let first = paragraph.first, let title = text(first) else { return nil }
        guard paragraph.count == 2 else { return named(title) ?? numbered(title) ?? inCapitals(title) }
        // The name of a chapter may stand on the line below its number.
        guard let second = text(paragraph[1]), !endsLikeSentence(second), second.split(separator: " ").count <= 10,
            title.split(separator: " ").count <= 3 || inCapitals(second) != nil
        else { return nil }
        return named(title)
    }

    private static func text(_ line: Line) -> String? {
        let text = line.trimmed
        return text.count <= longest && text.contains(where: { $0.isLetter || $0.isDigit })
            ? String(decoding: text, as: UTF8.self) : nil
    }

    /// What parts of books, laws and reports are called, by how deep they stand.
    private static let names: [(level: Int, words: Set<String>)] = [
        (
            1,
            [
                "book", "part", "volume", "buch", "teil", "band", "livre", "partie", "libro", "parte", "deel", "том",
                "часть",
            ]
        ),
        (
            2,
            [
                "chapter", "kapitel", "chapitre", "capítulo", "capitolo", "hoofdstuk", "rozdział", "глава", "stave",
                "canto",
                "letter", "act", "akt", "acte", "appendix", "annex", "anhang", "annexe", "schedule",
            ]
        ),
        (
            3,
            [
                "section", "abschnitt", "article", "artikel", "artículo", "articolo", "sección", "sezione", "scene",
                "szene",
                "scène", "статья", "§", "§§",
            ]
        ),
    ]

    /// Titles that are one word.
    private static let titles: Set<String> = [
        "prologue", "epilogue", "preface", "foreword", "introduction", "contents", "abstract", "references",
        "conclusion",
        "conclusions", "acknowledgements", "acknowledgments", "bibliography", "glossary", "index", "vorwort",
        "einleitung",
        "inhalt", "nachwort", "literatur", "introducción", "préface", "summary", "results", "methods", "discussion",
    ]

    private static let numerals: Set<String> = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "the",
        "first",
        "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "last",
        "eins", "zwei", "drei", "erster", "erstes", "zweiter", "zweites", "dritter", "drittes", "premier", "première",
        "deuxième", "primera", "primero", "segunda", "segundo",
    ]

    /// "Chapter 3. The Sea", "§ 12 Haftung", "BOOK THE FIRST", "Preface", "第三章".
    private static func named(_ title: String) -> Int? {
        let words = title.split(whereSeparator: \.isWhitespace)
        guard let first = words.first, words.count <= 12 else { return nil }
        if words.count == 1, titles.contains(first.lowercased().filter { $0 != "." && $0 != ":" }) { return 2 }
        if let level = chinese(title) { return level }
        let word = first.lowercased()
        guard let level = names.first(where: { $0.words.contains(word) })?.level, words.count > 1 else { return nil }
        let marks: Set<Character> = [".", ":", ",", ")"]
        let number = words[1].filter { !marks.contains($0) }
        guard isNumber(number) || numerals.contains(number.lowercased()) else { return nil }
        let rest = words.dropFirst(2).drop { $0 == "-" || $0 == "–" || $0 == "—" }
        guard let next = rest.first else { return words[1].hasSuffix(",") ? nil : level }
        // "Part two of the plan": a name begins with a capital letter, or is in capitals as a whole.
        guard next.first?.isLowercase == false || numerals.contains(next.lowercased()) else { return nil }
        let isParted = words[1].last.map(marks.contains) == true || rest.count < words.count - 2
        return isParted
            ? (endsLikeSentence(title) && words.count > 8 ? nil : level) : endsLikeSentence(title) ? nil : level
    }

    private static func chinese(_ title: String) -> Int? {
        guard title.first == "第", title.count <= 40 else { return nil }
        let numerals = title.dropFirst().prefix { "〇零一二三四五六七八九十百千".contains($0) || $0.isNumber }
        guard (1...6).contains(numerals.count) else { return nil }
        switch title.dropFirst(1 + numerals.count).first {
        case "部", "编", "編", "卷": return 1
        case "章", "回": return 2
        case "节", "節", "条", "條", "篇": return 3
        default: return nil
        }
    }

    /// "1.2 Scope", "2 Methods", "IV", "III.".
    private static func numbered(_ title: String) -> Int? {
        let words = title.split(whereSeparator: \.isWhitespace)
        guard let first = words.first, words.count <= 10 else { return nil }
        if words.count == 1 {
            let number = first.hasSuffix(".") ? first.dropLast() : first
            return isRoman(String(number)) ? 3 : nil
        }
        let number = first.hasSuffix(".") ? first.dropLast() : first
        let parts = number.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.allSatisfy({ (1...2).contains($0.count) && $0.allSatisfy { $0.isASCII && $0.isNumber } }),
            let next = words[1].first, next.isUppercase, !endsLikeSentence(title), words.count <= 7 || parts.count > 1,
            // "1. Item" is a list's first line as well, and "5 May 2024" a date.
            parts.count > 1 || !first.hasSuffix(".") && !title.dropFirst(first.count).contains(where: \.isNumber)
        else { return nil }
        return parts.count
    }

    /// "THE LIGHTHOUSE": capitals only, several of them, and few words.
    private static func inCapitals(_ title: String) -> Int? {
        let letters = title.filter(\.isLetter)
        guard letters.count >= 4, letters.allSatisfy(\.isUppercase),
            title.first?.isLetter == true || title.first == "\"",
            title.split(separator: " ").count <= 10, !endsLikeSentence(title), !title.contains("  "),
            2 * letters.count > title.count
        else { return nil }
        return 4
    }

    private static func endsLikeSentence(_ title: String) -> Bool {
        guard let last = title.last else { return false }
        return ".!?,;:…。！？\"”".contains(last)
    }

    private static func isNumber(_ word: String) -> Bool {
        !word.isEmpty && word.count <= 6 && word.contains(where: \.isNumber)
            && word.allSatisfy { $0.isNumber || $0 == "." || $0.isLetter } || isRoman(word)
            || word.count == 1 && word.first?.isUppercase == true
    }

    private static func isRoman(_ word: String) -> Bool {
        (1...7).contains(word.count) && word.allSatisfy { "IVXLC".contains($0) }
    }
}
