import Documents
import Foundation
import Testing

/// Encodings that are named: their names, their characters, and the way back to the bytes of each.
@Suite struct EncodingTests {
    private func encoding(_ name: String) throws -> TextEncoding { try #require(TextEncoding(named: name)) }

    /// What a decoder makes of bytes that come in blocks.
    private func decode(_ bytes: [UInt8], _ encoding: TextEncoding?, blockSize: Int) -> (text: [UInt8], map: OffsetMap)
    {
        var decoder = TextDecoder(encoding)
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: blockSize) {
            text += decoder.push(Array(bytes[start...].prefix(blockSize)))
        }
        text += decoder.finish()
        return (text, decoder.map)
    }

    @Test func namesAreFoundHoweverTheyAreWritten() throws {
        for (name, expected) in [
            ("utf8", "UTF-8"), ("UTF_16le", "UTF-16LE"), ("Latin-1", "ISO-8859-1"), ("iso_8859-15", "ISO-8859-15"),
            ("CP1252", "windows-1252"), ("Windows 1251", "windows-1251"), ("gb2312", "GB18030"), ("GBK", "GB18030"),
            ("x-sjis", "Shift_JIS"), ("Windows-31J", "Shift_JIS"), ("ks_c_5601-1987", "EUC-KR"),
            ("tis-620", "windows-874"),
            ("cp866", "IBM866"), ("MacRoman", "macintosh"), ("iso-8859-1:1987", "ISO-8859-1"), ("koi8_u", "KOI8-U"),
        ] {
            #expect(try encoding(name).name == expected)
        }
        #expect(TextEncoding(named: "EBCDIC") == nil)
        #expect(TextEncoding(named: "") == nil)
        for encoding in TextEncoding.all { #expect(TextEncoding(named: encoding.name.lowercased()) == encoding) }
    }

    @Test func anEncodingIsEncodedAsItsName() throws {
        let data = try JSONEncoder().encode([try encoding("sjis")])
        #expect(String(decoding: data, as: UTF8.self) == #"["Shift_JIS"]"#)
        #expect(try JSONDecoder().decode([TextEncoding].self, from: data) == [encoding("Shift_JIS")])
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([TextEncoding].self, from: Data(#"["x"]"#.utf8))
        }
    }

    /// An encoding and what `iconv` calls it.
    private static let systemNames = [
        ("UTF-8", "UTF-8"), ("UTF-16LE", "UTF-16LE"), ("UTF-16BE", "UTF-16BE"), ("UTF-32LE", "UTF-32LE"),
        ("UTF-32BE", "UTF-32BE"), ("windows-1250", "CP1250"), ("windows-1251", "CP1251"), ("windows-1252", "CP1252"),
        ("windows-1253", "CP1253"), ("windows-1254", "CP1254"), ("windows-1255", "CP1255"), ("windows-1256", "CP1256"),
        ("windows-1257", "CP1257"), ("ISO-8859-2", "ISO-8859-2"), ("ISO-8859-5", "ISO-8859-5"),
        ("ISO-8859-7", "ISO-8859-7"), ("ISO-8859-15", "ISO-8859-15"), ("KOI8-R", "KOI8-R"), ("KOI8-U", "KOI8-U"),
        ("IBM866", "CP866"), ("windows-874", "IBM874"), ("macintosh", "MACINTOSH"), ("GB18030", "GB18030"),
        ("Big5", "BIG5"), ("Shift_JIS", "CP932"), ("EUC-JP", "EUC-JP"), ("EUC-KR", "UHC"),
    ]

    /// Every character that an encoding can hold, a part of those that there are many of.
    private static func characters(_ systemName: String) -> [(text: [UInt8], bytes: [UInt8])] {
        guard let encoder = SystemConverter(to: systemName), let decoder = SystemConverter(from: systemName) else {
            return []
        }
        let values =
            Array(0x20..<0x7F) + Array(0xA0..<0xF00) + Array(stride(from: 0xF00, to: 0x10000, by: 11)) + [
                0x1F600, 0x20000, 0x10FFFF,
            ]
        return values.compactMap { (value: Int) in
            guard let scalar = Unicode.Scalar(UInt32(value)) else { return nil }
            let text = Array(String(Character(scalar)).utf8)
            // Some characters are written as another's code, or as two.
            guard let bytes = encoder.convert(text), decoder.convert(bytes) == text else { return nil }
            return (text, bytes)
        }
    }

    @Test(arguments: systemNames)
    func everyCharacterLeadsBackToItsBytes(name: String, systemName: String) throws {
        let encoding = try encoding(name)
        let characters = Self.characters(systemName).filter {
            // The system writes a letter and its point as one; a point is a character of its own.
            $0.bytes.count == 1 || name != "windows-1255"
        }
        #expect(characters.count > 110)
        let bytes = characters.flatMap(\.bytes)
        let expected = String(decoding: characters.flatMap(\.text), as: UTF8.self)
        for size in [1, 2, 3, 4, 5, 6, 7, 1 << 16] {
            let (text, map) = decode(bytes, encoding, blockSize: size)
            #expect(String(decoding: text, as: UTF8.self) == expected, "blocks of \(size)")
            var (start, source, wrong) = (0, 0, 0)
            for character in characters {
                let range = start..<start + character.text.count
                if map.source(of: range) != source..<source + character.bytes.count { wrong += 1 }
                start = range.upperBound
                source += character.bytes.count
            }
            #expect(wrong == 0, "blocks of \(size)")
        }
    }

    @Test(arguments: [
        ("UTF-16LE", [0xFF, 0xFE]), ("UTF-16BE", [0xFE, 0xFF]), ("UTF-32LE", [0xFF, 0xFE, 0, 0]),
        ("UTF-32BE", [0, 0, 0xFE, 0xFF]), ("UTF-8", [0xEF, 0xBB, 0xBF]), ("GB18030", [0x84, 0x31, 0x95, 0x33]),
    ])
    func aByteOrderMarkIsNoText(name: String, mark: [UInt8]) throws {
        let text = "Grüße, 世界"
        let bytes = try mark + #require(SystemConverter.encode(text, as: name))
        let general = name.hasPrefix("UTF-16") ? "UTF-16" : name.hasPrefix("UTF-32") ? "UTF-32" : name
        for encoding in [nil, try encoding(name), try encoding(general)] {
            for size in 1...7 {
                let (found, map) = decode(bytes, encoding, blockSize: size)
                #expect(String(decoding: found, as: UTF8.self) == text)
                #expect(map.source(of: 0..<1).lowerBound == mark.count)
                #expect(map.source(of: 0..<found.count) == mark.count..<bytes.count)
            }
        }
    }

    @Test func escapeSequencesAreNoText() throws {
        let text = "日本語 and ASCII, ｶﾅも。\nつぎ"
        let bytes = Array(
            "\u{1B}$BF|K\\8l\u{1B}(B and ASCII, \u{1B}(I6E\u{1B}$B$b!#\u{1B}(B\n\u{1B}$B$D$.\u{1B}(B".utf8)
        for encoding in [nil, try encoding("ISO-2022-JP")] {
            for size in 1...7 {
                let (found, map) = decode(bytes, encoding, blockSize: size)
                #expect(String(decoding: found, as: UTF8.self) == text)
                // A character is where its bytes are; an escape sequence behind it counts as its own.
                #expect(map.source(of: 0..<3) == 3..<5)
                #expect(map.source(of: 6..<9) == 7..<12)
                #expect(map.source(of: 9..<10) == 12..<13)
            }
        }
    }

    @Test func whatIsNoCharacterIsReplacedAndCounted() throws {
        // Half a pair and a byte too many; a lead byte in front of ASCII; a byte that has no character.
        for (name, bytes, expected, count) in [
            ("UTF-16LE", [0x41, 0, 0x00, 0xD8, 0x42, 0, 0x43], "A\u{FFFD}B\u{FFFD}", 3),
            ("UTF-16BE", [0xDC, 0x00, 0, 0x41, 0xD8, 0x00], "\u{FFFD}A\u{FFFD}", 4),
            ("UTF-32LE", [0x41, 0, 0, 0, 0, 0xD8, 0, 0, 0x42], "A\u{FFFD}\u{FFFD}", 5),
            ("GB18030", [0xC4, 0xE3, 0xC4, 0x0A, 0xC4, 0xE3, 0x81], "你\u{FFFD}\n你\u{FFFD}", 2),
            ("Shift_JIS", [0x93, 0xFA, 0x93, 0x20, 0x41, 0xFF], "日\u{FFFD} A\u{FFFD}", 2),
            ("EUC-JP", [0xC6, 0xFC, 0x8F, 0xA1], "日\u{FFFD}", 2), ("EUC-KR", [0xB0, 0xA1, 0xC9], "가\u{FFFD}", 1),
            ("windows-1252", [0x41, 0x81, 0xE9], "A\u{FFFD}é", 1),
        ] as [(String, [UInt8], String, Int)] {
            for size in 1...7 {
                var decoder = TextDecoder(try encoding(name))
                var text: [UInt8] = []
                for start in stride(from: 0, to: bytes.count, by: size) {
                    text += decoder.push(Array(bytes[start...].prefix(size)))
                }
                text += decoder.finish()
                #expect(String(decoding: text, as: UTF8.self) == expected, "\(name)")
                let notes = decoder.takeNotes()
                #expect(notes.count == 1 && notes.first?.hasPrefix("\(count) byte") == true, "\(name): \(notes)")
                #expect(decoder.map.source(of: 0..<text.count) == 0..<bytes.count)
            }
        }
    }

    @Test func randomBytesAreReadInEveryEncodingAndInBlocksAsInOne() {
        var random = RandomBytes(seed: 11)
        for encoding in TextEncoding.all {
            for length in [0, 1, 2, 3, 7, 64, 5000] {
                let bytes = random.bytes(length)
                let (text, map) = decode(bytes, encoding, blockSize: 1 << 16)
                #expect(String(validating: text, as: UTF8.self) != nil, "\(encoding.name)")
                #expect(map.source(of: 0..<text.count).upperBound <= bytes.count)
                for size in [1, 3, 4097] {
                    let other = decode(bytes, encoding, blockSize: size)
                    #expect(other.text == text && other.map == map, "\(encoding.name), blocks of \(size)")
                }
            }
        }
    }

    @Test func whatStandsWhereISO8859HasControlsIsReadAsOnWindows() throws {
        let (text, _) = decode([0x93, 0x61, 0x94, 0x81, 0xE9], try encoding("ISO-8859-1"), blockSize: 9)
        #expect(String(decoding: text, as: UTF8.self) == "“a”\u{81}é")
    }
}
