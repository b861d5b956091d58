import ModelFormat
import TestSupport
import Testing

@Suite struct UTF8ValidationTests {
    private func opens(_ text: [UInt8]) -> Bool {
        var writer = GGUFWriter()
        // Written as bytes of one element each, then retyped: the writer itself only takes valid strings.
        writer.set("text", .array(.uint8, text.map(GGUFWriter.Value.uint8)))
        let bytes = writer.bytes()
        // key length, key, type 9, element type, count, bytes -> key length, key, type 8, length, bytes.
        let type = 24 + 8 + 4
        var retyped = Array(bytes[..<type])
        retyped.append(littleEndian: UInt32(8))
        retyped += bytes[(type + 8)...]
        return refusal(of: retyped) == nil
    }

    /// The judgement of Swift's own decoder.
    private func isWellFormed(_ text: [UInt8]) -> Bool {
        String(validating: text, as: UTF8.self) != nil
    }

    @Test func agreesWithSwiftOnAllShortTexts() {
        // Every lead byte, with continuations around each limit of table 3-7.
        let limits: [UInt8] = [0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC2, 0xED, 0xF4, 0xFF]
        var texts: [[UInt8]] = [[]]
        for lead in UInt8.min...UInt8.max {
            texts.append([lead])
            for second in limits {
                texts.append([lead, second])
                guard lead >= 0xC0 else { continue }
                for third in limits {
                    texts.append([lead, second, third])
                    if lead >= 0xEF { texts += limits.map { [lead, second, third, $0] } }
                }
            }
        }
        let disagreements = texts.filter { opens($0) != isWellFormed($0) }
        #expect(disagreements.isEmpty)
        #expect(texts.contains(where: isWellFormed))
    }

    @Test func errorsAreFoundBehindLongASCII() {
        for length in 0..<20 {
            let ascii = [UInt8](repeating: 0x61, count: length)
            #expect(opens(ascii + Array("ü".utf8) + ascii))
            #expect(!opens(ascii + [0xC3] + ascii))
            #expect(!opens(ascii + [0xE2, 0x82]))
        }
    }
}
