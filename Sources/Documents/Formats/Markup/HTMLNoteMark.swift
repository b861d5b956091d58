/// The raised numbers in a text: marks of notes are put in brackets, `1945[2]`, so that they are no part of the number before them,
/// and powers stay powers, `10⁶`.
struct HTMLNoteMark {
    private var link: Int?
    private var raised: Int?
    /// Whether the mark's first character is still to come.
    private(set) var isWaiting = false
    /// How deep the element stands behind which a bracket is closed.
    private var closing: Int?

    /// - Parameter isNote: Whether the page says that it leads to a note; other links are marks where they are raised.
    mutating func openLink(_ depth: Int, isNote: Bool) {
        link = depth
        if isNote || raised != nil { isWaiting = true }
    }

    mutating func openSuperscript(_ depth: Int) {
        raised = depth
        if link != nil { isWaiting = true }
    }

    /// Ends an element; gives whether a bracket must be closed.
    mutating func close(_ depth: Int) -> Bool {
        if link.map({ depth <= $0 }) == true { link = nil }
        if raised.map({ depth <= $0 }) == true { raised = nil }
        if link == nil { isWaiting = false }
        guard let closing, depth <= closing else { return false }
        self.closing = nil
        return true
    }

    /// The first character of a mark comes: opens a bracket if it has none.
    mutating func begin(_ first: UInt8, _ text: inout FlowingText) {
        guard isWaiting else { return }
        isWaiting = false
        guard first != UInt8(ascii: "["), first != UInt8(ascii: "(") else { return }
        text.append("[")
        closing = max(link ?? 0, raised ?? 0)
    }

    /// A power behind a digit in raised digits; nil where the characters are none.
    func superscript(_ characters: UnsafeBufferPointer<UInt8>, behind last: UInt8?) -> String? {
        guard raised != nil, link == nil, last?.isDigit == true, characters.count <= 6, !characters.isEmpty else {
            return nil
        }
        var digits = ""
        for byte in characters {
            guard let digit = Self.raised[byte] else { return nil }
            digits.append(digit)
        }
        return digits
    }

    private static let raised: [UInt8: Character] = Dictionary(
        uniqueKeysWithValues: zip("0123456789-+".utf8, "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺"))
}
