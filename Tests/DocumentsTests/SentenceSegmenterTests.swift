import Passages
import Testing

@Suite struct SentenceSegmenterTests {
    private func sentences(_ text: String, blockSize: Int = .max) -> [Sentence] {
        segment(Array(text.utf8), blockSize: blockSize)
    }

    private func segment(_ bytes: [UInt8], blockSize: Int = .max) -> [Sentence] {
        (try? Sentence.all(in: bytes, blockSize: blockSize)) ?? []
    }

    private func range(_ sentence: Sentence) -> Range<Int> { sentence.source.byteRange ?? 0..<0 }

    @Test(arguments: [
        ("He left. She stayed! Why? Nobody knows.", ["He left.", "She stayed!", "Why?", "Nobody knows."]),
        ("Dr. Smith met J. Doe. They spoke.", ["Dr. Smith met J. Doe.", "They spoke."]),
        ("It costs $3.14 in No. 5 only. Buy it.", ["It costs $3.14 in No. 5 only.", "Buy it."]),
        ("He said no. Then he left.", ["He said no.", "Then he left."]),
        ("At 3 p.m. on Friday, etc. and so on. Done.", ["At 3 p.m. on Friday, etc. and so on.", "Done."]),
        ("\"Really?\" she said. \"Yes.\" It was so.", ["\"Really?\" she said.", "\"Yes.\"", "It was so."]),
        ("你好。世界！“真的？”他说。", ["你好。", "世界！", "“真的？”", "他说。"]),
        ("一。\"二？\"", ["一。", "\"二？\""]),
        (
            "He got vitamin C. It helped. (He said so.) Then J. He left.",
            ["He got vitamin C.", "It helped.", "(He said so.)", "Then J. He left."]
        ),
        (
            "It is so (really.) Yes. He stayed in the U.S. He liked it.",
            ["It is so (really.)", "Yes.", "He stayed in the U.S.", "He liked it."]
        ),
        ("In 1999. 3 of them left.", ["In 1999.", "3 of them left."]),
        ("他（住在北京。）走了。「はい。」と言った。", ["他（住在北京。）走了。", "「はい。」と言った。"]),
        ("Wait... What?! Yes.", ["Wait...", "What?!", "Yes."]),
        ("no end", ["no end"]),
        ("", []),
        (" \n\t\n ", []),
    ])
    func endsAtPunctuation(text: String, expected: [String]) {
        #expect(sentences(text).map(\.text) == expected)
    }

    @Test func blankLinesEndParagraphs() {
        let found = sentences("A heading\n\nOne. Two.\r\n\r\nThree.\n \t\n\n\nFour.\n")
        #expect(found.map(\.text) == ["A heading", "One.", "Two.", "Three.", "Four."])
        #expect(found.map(\.startsParagraph) == [true, true, false, true, true])
        #expect(found.map(\.source.line) == [1, 3, 3, 5, 9])
    }

    @Test func wrappedProseIsJoinedAndListsAreNot() {
        let prose = """
            When progress concentrates something that we do not want to want, when it
            transforms opium into heroin, it seems bad, but it is the same process that is
            at work there.
            """
        #expect(sentences(prose).count == 1)
        #expect(
            sentences("- milk\n- bread\n1. One thing. Two.\n* more").map(\.text) == [
                "- milk", "- bread", "1. One thing.", "Two.", "* more",
            ])
    }

    @Test func sourceCodeGoesByLine() {
        let code = "func add(_ a: Int, _ b: Int) -> Int {\n    let sum = a + b\n    return sum\n}\n"
        #expect(
            sentences(code).map(\.text) == [
                "func add(_ a: Int, _ b: Int) -> Int {", "let sum = a + b", "return sum", "}",
            ])
    }

    @Test func rangesAndLinesPointIntoTheDocument() {
        let text = "\u{FEFF}First — one.  Second\tone.\n\n第三句。 Fourth one\nwith a tail"
        let bytes = Array(text.utf8)
        var lastEnd = 0
        for sentence in sentences(text) {
            #expect(String(decoding: bytes[range(sentence)], as: UTF8.self) == sentence.text)
            #expect(
                sentence.source.line == 1 + bytes[..<range(sentence).lowerBound].count(where: { $0 == 0x0A }))
            #expect(range(sentence).lowerBound >= lastEnd)
            lastEnd = range(sentence).upperBound
        }
        #expect(lastEnd == bytes.count)
    }

    @Test func blocksOfAnySizeGiveTheSame() {
        let text = "One. Two!\n\nDr. No — 3.5 m.\r\n\r\n你好。「再见。」\n- a\n- b\n\n\n👩‍👧. The end of it"
        let whole = sentences(text)
        for size in 1...20 { #expect(sentences(text, blockSize: size) == whole, "blocks of \(size) bytes") }
    }

    @Test func endlessTextWithoutAnyEndIsCut() {
        let words = Array(repeatElement("word ", count: 20_000).joined().utf8)
        let spaced = segment(words, blockSize: 1_000)
        #expect(spaced.allSatisfy { range($0).count <= Segmentation().longestSentence })
        #expect(spaced.allSatisfy { $0.text.hasPrefix("word") && $0.text.hasSuffix("word") })
        #expect(spaced.reduce(0) { $0 + $1.text.split(separator: " ").count } == 20_000)

        let unspaced = segment(Array(String(repeating: "語", count: 10_000).utf8))
        #expect(unspaced.allSatisfy { range($0).count <= Segmentation().longestSentence })
        #expect(unspaced.map(\.text).joined() == String(repeating: "語", count: 10_000))
    }

    @Test func anyBytesAreTaken() {
        var state: UInt64 = 42
        let noise = (0..<50_000).map { _ -> UInt8 in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(truncatingIfNeeded: state >> 56)
        }
        let found = segment(noise, blockSize: 777)
        let covered = found.reduce(0) { $0 + range($1).count }
        let white = noise.count(where: { [0x20, 0x09, 0x0A, 0x0B, 0x0C, 0x0D].contains($0) })
        #expect(covered >= noise.count - white)
    }
}
