import Documents
import Foundation
import Testing

/// Fixtures that are cut, flipped and doubled: each gives text or an error, soon.
@Suite struct DamagedMarkupTests {
    private struct Damage {
        private var state: UInt64

        init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

        mutating func number(below limit: Int) -> Int {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return limit > 0 ? Int(state % UInt64(limit)) : 0
        }

        mutating func damaged(_ bytes: [UInt8]) -> [UInt8] {
            var bytes = bytes
            switch number(below: 4) {
            case 0: return Array(bytes.prefix(number(below: bytes.count)))
            case 1:
                for _ in 0...number(below: 8) { bytes[number(below: bytes.count)] ^= UInt8(1 << number(below: 8)) }
            case 2:
                let start = number(below: bytes.count)
                let range = start..<min(bytes.count, start + 1 + number(below: 200))
                bytes.insert(contentsOf: bytes[range], at: number(below: bytes.count))
            default:
                let start = number(below: bytes.count)
                bytes.removeSubrange(start..<min(bytes.count, start + 1 + number(below: 200)))
            }
            return bytes
        }
    }

    @Test(
        arguments: [
            "house.html", "house.epub", "house.docx", "house.odt", "rooms.xlsx", "rooms.ods", "house.pptx",
            "contract.docx", "papers.zip", "papers.tar.gz",
        ])
    func damageIsTextOrAnError(name: String) throws {
        let bytes = try MarkupSample.bytes(name)
        for seed in 1...200 as ClosedRange<UInt64> {
            var damage = Damage(seed: seed)
            let damaged = damage.damaged(bytes)
            let start = ContinuousClock.now
            let found = try? MarkupSample.read(damaged, name: name)
            let time = ContinuousClock.now - start
            #expect(time < .seconds(2), "\(name) with damage \(seed) took \(time)")
            #expect((found?.text.utf8.count ?? 0) < 1_000_000)
        }
    }

    /// The text of packages stands in them compressed, where damage is found at once: here it is not.
    @Test(arguments: ["word/document.xml", "content.xml", "xl/worksheets/sheet1.xml", "ppt/slides/slide1.xml"])
    func damagedPartsAreTextOrAnError(part: String) throws {
        let source = [
            "word/document.xml": "house.docx", "content.xml": "house.odt", "xl/worksheets/sheet1.xml": "rooms.xlsx",
            "ppt/slides/slide1.xml": "house.pptx",
        ]
        let archive = try ZipArchive(ByteFile(MarkupSample.bytes(source[part] ?? ""), name: part))
        var members: [ZipWriter.Member] = []
        for entry in archive.entries {
            members.append(ZipWriter.Member(entry.name, try archive.read(entry.name) ?? []))
        }
        let index = try #require(members.firstIndex { $0.name == part })
        for seed in 1...200 as ClosedRange<UInt64> {
            var damage = Damage(seed: seed)
            var damaged = members
            damaged[index] = ZipWriter.Member(part, damage.damaged(members[index].packed))
            let start = ContinuousClock.now
            _ = try? MarkupSample.read(ZipWriter.archive(damaged), name: "x")
            #expect(ContinuousClock.now - start < .seconds(2))
        }
    }
}
