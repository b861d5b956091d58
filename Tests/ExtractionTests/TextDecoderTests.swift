import Documents
import Testing

/// Extracted text against what Swift's own decoder makes of the same bytes, and the way back to them.
@Suite struct TextDecoderTests {
    /// What decoding UTF-8 gives, however the bytes come.
    private func decode(_ bytes: [UInt8], blockSize: Int) -> (text: [UInt8], map: OffsetMap) {
        var decoder = TextDecoder(.utf8)
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: blockSize) {
            text += decoder.push(Array(bytes[start...].prefix(blockSize)))
        }
        text += decoder.finish()
        return (text, decoder.map)
    }

    private static let samples: [[UInt8]] = [
        Array("plain".utf8), Array("Überall 鑰匙 🗝 Ende".utf8), [], [0xFF], [0xC3], [0xE9, 0x91], [0xF0, 0x9F, 0x97],
        [0x41, 0xFF, 0xFE, 0x42], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82, 0x41],
        [0xF0, 0x80, 0x80, 0x41], Array("a\u{FEFF}b".utf8), [0xEF, 0xBB],
    ]

    @Test(arguments: samples)
    func textIsWhatSwiftDecodes(bytes: [UInt8]) {
        let expected = Array(String(decoding: bytes, as: UTF8.self).utf8)
        for size in 1...6 { #expect(decode(bytes, blockSize: size).text == expected, "blocks of \(size)") }
    }

    @Test func randomBytesToo() {
        var random = RandomBytes(seed: 3)
        for _ in 0..<300 {
            // Many lead and continuation bytes, so that nearly every kind of fault comes up.
            let alphabet: [UInt8] = [0x41, 0x80, 0xBF, 0xC3, 0xE2, 0xE0, 0xED, 0xF0, 0xF4, 0xFF]
            let length = Int.random(in: 0...40, using: &random)
            let bytes = (0..<length).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &random)] }
            let expected = Array(String(decoding: bytes, as: UTF8.self).utf8)
            #expect(decode(bytes, blockSize: 3).text == expected, "\(bytes)")
        }
    }

    @Test func aMarkAtTheStartIsNoText() {
        let bytes = [0xEF, 0xBB, 0xBF] + Array("text".utf8)
        for size in 1...5 {
            let (text, map) = decode(bytes, blockSize: size)
            #expect(text == Array("text".utf8))
            #expect(map.source(of: 0..<4) == 3..<7)
        }
    }

    @Test func offsetsLeadBackToTheBytes() {
        // A faulty byte becomes three of text.
        let bytes: [UInt8] = Array("ab".utf8) + [0xFF] + Array("cd".utf8) + [0xE9, 0x91] + Array("e".utf8)
        let (text, map) = decode(bytes, blockSize: 2)
        #expect(String(decoding: text, as: UTF8.self) == "ab\u{FFFD}cd\u{FFFD}e")
        #expect(map.source(of: 0..<2) == 0..<2)
        #expect(map.source(of: 2..<5) == 2..<3)
        #expect(map.source(of: 5..<7) == 3..<5)
        #expect(map.source(of: 7..<10) == 5..<7)
        #expect(map.source(of: 10..<11) == 7..<8)
        var behind = map
        behind.forget(before: 6)
        #expect(behind.source(of: 10..<11) == 7..<8)
    }

    @Test func whatWasReplacedIsCounted() {
        var decoder = TextDecoder()
        _ = decoder.push(Array("Über".utf8) + Array("Überall".utf8) + Array("Übel".utf8) + [0xFF, 0x20, 0xE9])
        #expect(decoder.takeNotes().isEmpty)
        _ = decoder.finish()
        #expect(decoder.takeNotes() == ["2 bytes were no UTF-8 and became U+FFFD"])
    }
}
