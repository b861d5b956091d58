import Foundation
import Testing
import Tokenization

/// Normalization Form C, against Foundation where that is right.
@Suite struct CanonicalCompositionTests {
    private func normalized(_ text: String) -> String {
        let result = Array(text.utf8).withUnsafeBufferPointer { CanonicalComposition.normalized($0) }
        return String(decoding: result, as: UTF8.self)
    }

    private func isOld(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.age.map { $0 <= (9, 0) } ?? false
    }

    @Test func everyCharacterHasItsForm() {
        for value in UInt32(0)..<0x30000 {
            guard let scalar = Unicode.Scalar(value), isOld(scalar) else { continue }
            let text = String(Character(scalar))
            let expected = text.precomposedStringWithCanonicalMapping
            #expect(
                normalized(text).unicodeScalars.elementsEqual(expected.unicodeScalars), "U+\(String(value, radix: 16))")
            // Canonically equivalent texts have one form.
            let decomposed = text.decomposedStringWithCanonicalMapping
            #expect(
                normalized(decomposed).unicodeScalars.elementsEqual(expected.unicodeScalars),
                "U+\(String(value, radix: 16))")
        }
    }

    @Test(arguments: [
        ("\u{AC00}\u{11A8}", "\u{AC01}"), ("\u{1100}\u{1161}\u{11A8}", "\u{AC01}"),
        ("\u{AC01}\u{11A8}", "\u{AC01}\u{11A8}"),
        ("e\u{301}\u{F73}\u{327}", "\u{229}\u{F71}\u{F72}\u{301}"), ("a\u{327}\u{301}", "\u{E1}\u{327}"),
        ("\u{10041}\u{300}", "\u{10041}\u{300}"), ("\u{11099}\u{110BA}", "\u{1109A}"), ("\u{212B}", "\u{C5}"),
        ("a\u{344}", "\u{E4}\u{301}"), ("q\u{307}\u{323}", "q\u{323}\u{307}"), ("\u{301}\u{301}", "\u{301}\u{301}"),
        ("", ""),
    ])
    func hardCasesAreRight(text: String, expected: String) {
        #expect(normalized(text).isIdentical(to: expected))
    }
}
