/// Finds where words end, by hand-written matching of the alternatives of `SplitRules` in their order.
///
/// Text is well-formed UTF-8. A scan that meets the end of what is there before it is sure gives nil, unless that is the end of
/// the text.
package struct WordScanner: Sendable {
    let rules: SplitRules

    /// A word longer than this is cut: it bounds the memory that a text without spaces takes. In bytes.
    package static let longestWord = 1 << 21

    /// The end of the word that starts at `start`, below `text.count`; nil if more text is needed to tell.
    ///
    /// - Parameter isEnd: whether no text follows `text`.
    func wordEnd(
        in text: UnsafeBufferPointer<UInt8>, from start: Int, isEnd: Bool, classes: inout ScalarClasses
    ) -> Int? {
        var scan = Scan(text: text, start: start, isEnd: isEnd)
        let end = scan.wordEnd(rules, &classes)
        return scan.needsMore ? nil : end
    }
}

/// One scan for one word.
private struct Scan {
    let text: UnsafePointer<UInt8>
    let start: Int
    let limit: Int
    let isEnd: Bool
    var needsMore = false

    init(text: UnsafeBufferPointer<UInt8>, start: Int, isEnd: Bool) {
        self.start = start
        // Not empty, or there would be no start in it.
        self.text = text.baseAddress.unsafelyUnwrapped
        if text.count - start > WordScanner.longestWord {
            var limit = start + WordScanner.longestWord
            while text[limit] & 0xC0 == 0x80 { limit -= 1 }
            self.limit = limit
            self.isEnd = true
        } else {
            self.limit = text.count
            self.isEnd = isEnd
        }
    }

    mutating func wordEnd(_ rules: SplitRules, _ classes: inout ScalarClasses) -> Int {
        let first = scalar(at: start, &classes)
        let afterFirst = start + first.length

        if first.kind.contains(.letter) {
            return endOfRun(of: .letter, from: afterFirst, &classes)
        }
        if first.kind.contains(.number) {
            return endOfNumbers(rules.numbers, afterFirst: afterFirst, &classes)
        }
        if !first.kind.isDisjoint(with: rules.isolated) {
            return endOfRun(of: rules.isolated, from: afterFirst, &classes)
        }
        if text[start] == UInt8(ascii: "'"), let end = endOfContraction(rules.contractions) {
            return end
        }

        // A prefix of letters, numbers or other characters.
        let isSpace = text[start] == UInt8(ascii: " ")
        if isSpace || (rules.letterPrefix == .anyButLineBreak && !first.kind.contains(.lineBreak)) {
            guard let second = scalarIfAny(at: afterFirst, &classes) else { return afterFirst }
            let afterSecond = afterFirst + second.length
            if second.kind.contains(.letter) {
                return endOfRun(of: .letter, from: afterSecond, &classes)
            }
            if isSpace, second.kind.isDisjoint(with: rules.isolated) {
                if second.kind.contains(.number), case .runs = rules.numbers {
                    return endOfRun(of: .number, from: afterSecond, &classes)
                }
                if second.kind.contains(.other) {
                    return endOfOthers(rules, from: afterSecond, &classes)
                }
            }
        }
        if first.kind.contains(.other) {
            return endOfOthers(rules, from: afterFirst, &classes)
        }
        return endOfSpaces(rules, &classes)
    }

    // MARK: Runs

    private mutating func endOfNumbers(
        _ numbers: SplitRules.Numbers, afterFirst: Int, _ classes: inout ScalarClasses
    ) -> Int {
        switch numbers {
        case .runs:
            return endOfRun(of: .number, from: afterFirst, &classes)
        case .groups(let size):
            var end = afterFirst
            for _ in 1..<max(size, 1) {
                guard let next = scalarIfAny(at: end, &classes), next.kind.contains(.number) else { break }
                end += next.length
            }
            return end
        case .digitTriples:
            if isDigitTriple(at: start) { return start + 3 }
            var end = afterFirst
            while !needsMore, !isDigitTriple(at: end), let next = scalarIfAny(at: end, &classes),
                next.kind.contains(.number)
            {
                end += next.length
            }
            return end
        }
    }

    private mutating func isDigitTriple(at position: Int) -> Bool {
        for index in position..<position + 3 {
            guard let byte = byteIfAny(at: index) else { return false }
            if !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { return false }
        }
        return true
    }

    /// `[^\s\p{L}\p{N}]*`, and the line breaks behind it where the rules say so.
    private mutating func endOfOthers(
        _ rules: SplitRules, from position: Int, _ classes: inout ScalarClasses
    ) -> Int {
        var end = position
        while let next = scalarIfAny(at: end, &classes), next.kind.contains(.other),
            next.kind.isDisjoint(with: rules.isolated)
        {
            end += next.length
        }
        if rules.groupsLineBreaks {
            while let byte = byteIfAny(at: end), byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { end += 1 }
        }
        return end
    }

    /// `\s*[\r\n]+|\s+(?!\S)|\s+`, the first only where the rules say so.
    private mutating func endOfSpaces(_ rules: SplitRules, _ classes: inout ScalarClasses) -> Int {
        var end = start
        var last = start
        var afterLineBreak: Int?
        var isBeforeText = false
        while let next = scalarIfAny(at: end, &classes) {
            guard next.kind.contains(.space) else {
                isBeforeText = next.kind.isDisjoint(with: rules.isolated)
                break
            }
            last = end
            end += next.length
            if next.kind.contains(.lineBreak) { afterLineBreak = end }
        }
        if rules.groupsLineBreaks, let afterLineBreak { return afterLineBreak }
        return isBeforeText && last > start ? last : end
    }

    private mutating func endOfRun(
        of kind: ScalarClass, from position: Int, _ classes: inout ScalarClasses
    ) -> Int {
        var end = position
        while let next = scalarIfAny(at: end, &classes), !next.kind.isDisjoint(with: kind) { end += next.length }
        return end
    }

    private mutating func endOfContraction(_ contractions: SplitRules.Contractions) -> Int? {
        guard let first = letter(at: start + 1, contractions) else { return nil }
        switch first {
        case UInt8(ascii: "s"), UInt8(ascii: "t"), UInt8(ascii: "m"), UInt8(ascii: "d"):
            return start + 2
        case UInt8(ascii: "r"), UInt8(ascii: "v"):
            return letter(at: start + 2, contractions) == UInt8(ascii: "e") ? start + 3 : nil
        case UInt8(ascii: "l"):
            return letter(at: start + 2, contractions) == UInt8(ascii: "l") ? start + 3 : nil
        case 0xC5 where contractions == .anyCase:
            // U+017F, the long s: its upper case is S, and so it matches without regard to case.
            return byteIfAny(at: start + 2) == 0xBF ? start + 3 : nil
        default:
            return nil
        }
    }

    /// The byte at a position, in lower case where case does not count.
    private mutating func letter(at position: Int, _ contractions: SplitRules.Contractions) -> UInt8? {
        guard let byte = byteIfAny(at: position) else { return nil }
        let isUpperCase = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
        return contractions == .anyCase && isUpperCase ? byte | 0x20 : byte
    }

    // MARK: Single scalars

    @inline(__always)
    private mutating func byteIfAny(at position: Int) -> UInt8? {
        if position < limit { return text[position] }
        needsMore = needsMore || !isEnd
        return nil
    }

    @inline(__always)
    private mutating func scalarIfAny(
        at position: Int, _ classes: inout ScalarClasses
    ) -> (kind: ScalarClass, length: Int)? {
        if position < limit { return scalar(at: position, &classes) }
        needsMore = needsMore || !isEnd
        return nil
    }

    @inline(__always)
    private func scalar(at position: Int, _ classes: inout ScalarClasses) -> (kind: ScalarClass, length: Int) {
        let byte = text[position]
        if byte < 0x80 { return (classes.ascii(byte), 1) }
        let (value, length) = decodedScalar(text + position)
        return (classes[value], length)
    }
}
