import Foundation
import Passages
import Testing

/// The default rules of Unicode, by Unicode's own test.
@Suite struct SentenceBoundariesTests {
    /// All ends of sentences in a text, as offsets of its bytes.
    private func ends(_ bytes: [UInt8]) -> [Int] {
        let text = SentenceText(bytes[...])
        let boundaries = SentenceBoundaries(text)
        var ends: [Int] = []
        var index = 0
        while let property = text.property(at: index) {
            let end =
                boundaries.endOfSeparator(at: index) ?? (property.isStop ? boundaries.end(behindStopAt: index) : nil)
            if let end { ends.append(end) }
            index = end ?? text.end(of: index)
        }
        return ends.last == bytes.count ? ends : ends + [bytes.count]
    }

    @Test func everyLineOfTheUnicodeTestHolds() throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Fixtures/SentenceBreakTest.txt")
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").filter { !$0.hasPrefix("#") }
        #expect(lines.count == 502)
        for line in lines {
            var bytes: [UInt8] = []
            var expected: [Int] = []
            for item in line.split(separator: " ") {
                switch item {
                case "÷": expected.append(bytes.count)
                case "×": continue
                default:
                    let scalar = try #require(UInt32(item, radix: 16).flatMap(Unicode.Scalar.init))
                    bytes += Array(String(Character(scalar)).utf8)
                }
            }
            #expect(ends(bytes) == Array(expected.dropFirst()), "\(line)")
        }
    }

    @Test func textMayEndInsideAScalar() {
        for cut in 1...3 {
            let bytes = Array("One. 👪".utf8.dropLast(cut))
            #expect(ends(bytes) == [5, bytes.count])
        }
    }
}
