/// Where to cut text that offers no sentence end.
enum LongText {
    /// The best place in the second half of `bytes`: behind the last comma or its like, else behind the last white
    /// space, else between the last two characters.
    /// - Parameter whole: What `bytes` are a part of, since they may end inside a character.
    static func lastCut(in bytes: ArraySlice<UInt8>, of whole: ArraySlice<UInt8>) -> Int {
        let text = SentenceText(bytes)
        var index = bytes.startIndex + bytes.count / 2
        while index < bytes.endIndex, CharacterBoundary.isContinuation(bytes[index]) { index += 1 }
        var (clause, space): (Int?, Int?) = (nil, nil)
        while let property = text.property(at: index) {
            let end = text.end(of: index)
            if property == .space || property.endsParagraph {
                space = end
            } else if endsClause(property, text.scalar(at: index)),
                bytes[index] >= 0x80 || text.property(at: end) == .space
            {
                clause = end
            }
            index = end
        }
        let places = [clause, space].compactMap { $0 }.filter { CharacterBoundary.isBoundary($0, in: whole) }
        if let cut = places.first ?? CharacterBoundary.last(upTo: bytes.endIndex, in: whole[bytes.startIndex...]) {
            return cut
        }
        // One character is longer than all of `bytes`. It may go on behind `whole`, whose last scalar may, too.
        let cut = CharacterBoundary.first(from: bytes.endIndex, in: whole)
        return cut < whole.endIndex ? cut : SentenceText(whole).endOfWholeScalars
    }

    /// Whether a mark parts clauses: commas, colons and semicolons of any script.
    private static func endsClause(_ property: SentenceBreakProperty, _ scalar: UInt32) -> Bool {
        switch scalar {
        // ; ؛ ； ፤ ፣ ·
        case 0x3B, 0x61B, 0xFF1B, 0x1364, 0x1363, 0x387: true
        default: property == .continuation
        }
    }
}
