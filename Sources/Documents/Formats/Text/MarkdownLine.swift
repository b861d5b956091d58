/// What a line of Markdown begins, told by the line alone, without the white space around it.
enum MarkdownLine {
    /// The level of a heading that begins with `#`.
    static func headingLevel(_ text: ArraySlice<UInt8>) -> Int? {
        let marks = text.prefix { $0 == UInt8(ascii: "#") }.count
        return (1...6).contains(marks) && text.dropFirst(marks).first?.isBlank == true ? marks : nil
    }

    /// The mark of a fence around code, and how often it stands there.
    static func fence(_ text: ArraySlice<UInt8>) -> (mark: UInt8, count: Int)? {
        guard let mark = text.first, mark == UInt8(ascii: "`") || mark == UInt8(ascii: "~") else { return nil }
        let count = text.prefix { $0 == mark }.count
        // "```x```" is code within a line.
        return count >= 3 && !text.dropFirst(count).contains(UInt8(ascii: "`")) ? (mark, count) : nil
    }

    /// The number of an item of a list: `1.`, `2)`.
    static func itemNumber(_ text: ArraySlice<UInt8>) -> Int? {
        let digits = text.prefix(while: \.isDigit)
        guard (1...3).contains(digits.count), let mark = text.dropFirst(digits.count).first,
            mark == UInt8(ascii: ".") || mark == UInt8(ascii: ")"),
            text.dropFirst(digits.count + 1).first?.isBlank == true
        else { return nil }
        return Int(String(decoding: digits, as: UTF8.self))
    }

    /// Whether it is the line between the header and the rows of a table: `|---|:---:|`.
    static func isTableRule(_ text: ArraySlice<UInt8>) -> Bool {
        text.contains(UInt8(ascii: "-")) && text.contains(UInt8(ascii: "|"))
            && text.allSatisfy { $0.isBlank || "-|:+".utf8.contains($0) }
    }

    /// Whether it is a break between two parts: `***`, `- - -`.
    static func isBreak(_ text: ArraySlice<UInt8>) -> Bool {
        let marks = text.filter { !$0.isBlank }
        guard marks.count >= 3, let first = marks.first, "-*_".utf8.contains(first) else { return false }
        return marks.allSatisfy { $0 == first }
    }
}
