import Documents
import Testing

/// Encodings that are found out.
@Suite struct DetectionTests {
    /// What a decoder makes of bytes that come in blocks.
    static func decode(
        _ bytes: [UInt8], _ encoding: TextEncoding? = nil, blockSize: Int = 1 << 16
    ) -> (text: String, notes: [String]) {
        var decoder = TextDecoder(encoding)
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: blockSize) {
            text += decoder.push(Array(bytes[start...].prefix(blockSize)))
        }
        text += decoder.finish()
        return (String(decoding: text, as: UTF8.self), decoder.takeNotes())
    }

    @Test(arguments: EncodedTexts.all)
    func paragraphsAreReadAsTheyWereWritten(language: EncodedTexts.Language) {
        for name in language.encodings + ["UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-16", "UTF-32"] {
            for text in language.paragraphs {
                guard let bytes = SystemConverter.encode(text, as: name) else { continue }
                // An encoding may hold a character that another one of the same letters writes otherwise.
                let expected = SystemConverter.decode(bytes, from: name) ?? text
                let (found, notes) = Self.decode(bytes)
                #expect(found == expected, "\(name): \(notes)")
                #expect(
                    notes.count == (name.hasPrefix("UTF-8") || name.hasPrefix("UTF-32") || name == "UTF-16" ? 0 : 1))
            }
        }
    }

    @Test func textFoundSaysWhatItWasReadAs() throws {
        let russian = try #require(EncodedTexts.all.first { $0.name == "Russian" }).paragraphs[0]
        let bytes = try #require(SystemConverter.encode(russian, as: "KOI8-R"))
        #expect(Self.decode(bytes).notes == ["read as KOI8-R (detected, confidence 1.00)"])
        // One letter is little to tell by.
        let guess = Self.decode(Array("na\u{EF}ve".unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }))
        #expect(guess.text == "na\u{EF}ve")
        #expect(guess.notes.first?.contains("which is a guess") == true)
        #expect(Self.decode(Array("plain ASCII".utf8)).notes.isEmpty)
        #expect(Self.decode(Array("Grüße".utf8)).notes.isEmpty)
    }

    @Test func blocksMakeNoDifference() throws {
        for (name, language) in [
            ("CP1251", "Russian"), ("UTF-16LE", "Greek"), ("EUC-JP", "Japanese"), ("GB18030", "Simplified Chinese"),
        ] {
            let paragraphs = try #require(EncodedTexts.all.first { $0.name == language }).paragraphs
            let long = String(repeating: paragraphs.joined(separator: "\n") + "\n", count: 14)
            let bytes = try #require(SystemConverter.encode(long, as: name))
            for size in [1, 7, 4095, 4097] { #expect(Self.decode(bytes, blockSize: size).text == long, "\(name)") }
        }
    }

    @Test func lettersBehindMuchASCIIAreRead() throws {
        let german = try #require(EncodedTexts.all.first).paragraphs.joined(separator: "\n")
        let ascii = String(repeating: "Nothing but plain letters stands on this line.\n", count: 3000)
        let bytes = Array(ascii.utf8) + (try #require(SystemConverter.encode(german, as: "ISO-8859-1")))
        for size in [1 << 16, 1000] {
            let (text, notes) = Self.decode(bytes, blockSize: size)
            #expect(text == ascii + german)
            #expect(notes.count == 1 && notes[0].contains("windows-1252"), "\(notes)")
        }
    }

    @Test func asciiIsGivenBeforeAnythingIsDecided() {
        var decoder = TextDecoder()
        let ascii = [UInt8](repeating: UInt8(ascii: "a"), count: 10_000)
        #expect(decoder.push(ascii) == ascii)
        #expect(decoder.push([0xE9] + ascii).isEmpty)
        #expect(decoder.finish().count == 10_002)
    }

    @Test func aDamagedFileOfUTF8StaysOne() throws {
        let french = EncodedTexts.all[1].paragraphs.joined()
        var bytes = Array(french.utf8)
        bytes.insert(0xFF, at: 100)
        bytes.insert(0xC3, at: 30)
        let (text, notes) = Self.decode(bytes)
        #expect(text == String(decoding: bytes, as: UTF8.self))
        #expect(notes == ["2 bytes were no UTF-8 and became U+FFFD"])
    }

    @Test func aDamagedFileOfAnotherEncodingStaysOne() throws {
        for (name, language) in [("EUC-KR", "Korean"), ("CP932", "Japanese"), ("GBK", "Simplified Chinese")] {
            let paragraphs = try #require(EncodedTexts.all.first { $0.name == language }).paragraphs
            let text = paragraphs.joined(separator: "\n")
            var bytes = try #require(SystemConverter.encode(text, as: name))
            bytes.remove(at: 60)
            let found = Self.decode(bytes).text
            #expect(found.prefix(20) == text.prefix(20), "\(name)")
            // Characters of two bytes are out of step behind the gap, up to the end of the line.
            #expect(found.suffix(20) == text.suffix(20), "\(name)")
        }
    }

    @Test func whatADocumentDeclaresIsBelieved() throws {
        let polish = try #require(EncodedTexts.all.first { $0.name == "Polish" }).paragraphs[0]
        for head in [
            "<html><head><META CHARSET='iso-8859-2'><body>", "<?xml version=\"1.0\" encoding=\"ISO-8859-2\"?>\n<text>",
            "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=iso-8859-2\">",
        ] {
            let bytes = Array(head.utf8) + (try #require(SystemConverter.encode(polish, as: "ISO-8859-2")))
            let (text, notes) = Self.decode(bytes)
            #expect(text == head + polish)
            #expect(notes == ["read as ISO-8859-2, as the document declares"])
        }
        // Not what cannot be: a page that is UTF-8 whatever it says, and one that says UTF-8 and is not.
        let page = "<meta charset=latin1>" + polish
        #expect(Self.decode(Array(page.utf8)).text == page)
        let other = "<meta charset=utf-8>" + polish
        #expect(Self.decode(try #require(SystemConverter.encode(other, as: "CP1250"))).text == other)
    }

    @Test func binaryFilesAreNoText() throws {
        let png: [UInt8] = [
            0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0x0D, 0x49, 0x48, 0x44, 0x52, 0, 0, 1, 0,
        ]
        let elf: [UInt8] = [0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0x3E, 0, 1, 0, 0, 0]
        let icon: [UInt8] = [0, 0, 1, 0, 1, 0, 16, 16, 0, 0, 1, 0, 32, 0, 0x68, 4, 0, 0]
        var random = RandomBytes(seed: 5)
        for bytes in [png, elf, icon, random.bytes(4096), [0xFF, 0xFE] + random.bytes(4096), [0, 0, 0, 0], [0]] {
            #expect(!TextEncoding.looksLikeText(bytes[...]))
        }
        let text = EncodedTexts.all[0].paragraphs[0] + EncodedTexts.all[25].paragraphs[0]
        for name in ["UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32"] {
            let bytes = try #require(SystemConverter.encode(text, as: name))
            for count in [101, 202, bytes.count] { #expect(TextEncoding.looksLikeText(bytes.prefix(count)), "\(name)") }
        }
        // A log of a machine that crashed.
        let log = Array("a line of a log\n".utf8) + [UInt8](repeating: 0, count: 20) + Array("and more\n".utf8)
        #expect(Self.decode(log).text == String(decoding: log, as: UTF8.self))
        #expect(Self.decode(log).notes.isEmpty)
    }

    @Test func randomBytesAreReadAsSomething() {
        var random = RandomBytes(seed: 9)
        for length in [1, 2, 3, 5, 50, 5000, 70_000] {
            let bytes = random.bytes(length)
            let whole = Self.decode(bytes)
            for size in [997, 1 << 16] {
                let (text, notes) = Self.decode(bytes, blockSize: size)
                #expect(text == whole.text && notes == whole.notes)
            }
        }
    }
}
