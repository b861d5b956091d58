/// What a scalar is to the rules of sentence boundaries: its Sentence_Break property (UAX #29, table 4). In the order
/// of the generated table.
package enum SentenceBreakProperty: UInt8 {
    case other, carriageReturn, lineFeed, separator, extend, format, space, lower, upper, letter, numeric
    /// A full stop, which may as well belong to a word or a number (ATerm).
    case fullStop
    /// A mark that does nothing but end sentences (STerm).
    case terminator
    /// A quote or a bracket of either side.
    case close
    /// A mark behind which a sentence goes on: commas, colons and dashes (SContinue).
    case continuation

    /// The property of a scalar.
    /// - Complexity: O(1) in the Basic Multilingual Plane; beyond, O(log n) in the number of runs of the table.
    @inline(__always)
    init(_ scalar: UInt32) {
        self = scalar < 0x80 ? SentenceBreakProperty(ascii: UInt8(scalar)) : Self.lookUp(scalar)
    }

    /// Upper, Lower or OLetter: part of a word.
    var isLetter: Bool { self == .upper || self == .lower || self == .letter }
    /// Extend or Format, which belong to the scalar before them (rule SB5).
    var isIgnored: Bool { self == .extend || self == .format }
    /// A mark at which a sentence may end.
    package var isStop: Bool { self == .fullStop || self == .terminator }
    /// The end of a paragraph (ParaSep).
    package var endsParagraph: Bool { self == .lineFeed || self == .carriageReturn || self == .separator }

    /// The property of an ASCII character: most of what is ever asked.
    @inline(__always)
    init(ascii byte: UInt8) {
        self =
            switch byte {
            case 0x61...0x7A: .lower
            case 0x20, 0x09, 0x0B, 0x0C: .space
            case 0x41...0x5A: .upper
            case 0x30...0x39: .numeric
            case 0x2E: .fullStop
            case 0x21, 0x3F: .terminator
            case 0x22, 0x27...0x29, 0x5B, 0x5D, 0x7B, 0x7D: .close
            case 0x2C, 0x2D, 0x3A: .continuation
            case 0x0A: .lineFeed
            case 0x0D: .carriageReturn
            default: .other
            }
    }

    @inline(never)
    private static func lookUp(_ scalar: UInt32) -> SentenceBreakProperty {
        scalar < 0x10000 ? basic[Int(scalar)] : find(scalar)
    }

    /// The properties of the Basic Multilingual Plane: 64 KiB, spread out of the runs when first asked for.
    private static let basic: [SentenceBreakProperty] = {
        var basic = [SentenceBreakProperty](repeating: .other, count: 0x10000)
        let runs = SentenceBreakTable.runs
        for (run, next) in zip(runs, runs.dropFirst()) where run >> 4 < basic.count {
            guard let property = SentenceBreakProperty(rawValue: UInt8(run & 0xF)), property != .other else { continue }
            for scalar in Int(run >> 4)..<min(Int(next >> 4), basic.count) { basic[scalar] = property }
        }
        return basic
    }()

    private static func find(_ scalar: UInt32) -> SentenceBreakProperty {
        let runs = SentenceBreakTable.runs
        var (low, high) = (0, runs.count)
        while low + 1 < high {
            let middle = (low + high) / 2
            if runs[middle] >> 4 <= scalar { low = middle } else { high = middle }
        }
        return SentenceBreakProperty(rawValue: UInt8(runs[low] & 0xF)) ?? .other
    }
}
