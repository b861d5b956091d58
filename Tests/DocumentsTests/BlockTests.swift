import Documents
import Foundation
import Passages
import TestSupport
import Testing

/// Texts as blocks: what each is, that nothing is lost, and what stays together.
@Suite struct BlockTests {
    private func blocks(_ text: String, name: String = "text", blockSize: Int = .max) -> [TextBlock] {
        let bytes = Array(text.utf8)
        var parser = TextFormat.detect(bytes.prefix(TextBlock.headSize), name: name).makeParser()
        var blocks: [TextBlock] = []
        for start in stride(from: 0, to: bytes.count, by: min(blockSize, max(1, bytes.count))) {
            blocks += parser.push(Array(bytes[start...].prefix(blockSize)))
        }
        return blocks + parser.finish()
    }

    private func text(_ block: TextBlock) -> String { String(decoding: block.text, as: UTF8.self) }

    private static let markdown = """
        # The house

        It stands by the river.
        It is old.

        ## Rooms
        - the hall,
          where the key hangs
        - the kitchen
        1. not wrapped: an item behind items

        In
        1. May it was sold.
        #no heading
        """

    private static let table =
        (["name,room,\"note, long\""] + (1...9).map { "Ann \($0),2\($0),\"said \"\"no\"\"\nand left\"" })
        .joined(separator: "\n")

    private static let chat = """
        [2024-05-01 10:12] Ann: Where is the key?
        [2024-05-01 10:13] Bob Noll: In the hall. I saw it there.
        It hangs by the door.
        01.05.24, 10:14 - Ann: Thanks!
        Bob Noll: Welcome.
        """

    @Test func markdownHasHeadingsAndLists() {
        let found = blocks(Self.markdown)
        #expect(
            found.map(\.kind) == [.heading, .prose, .heading, .listItem, .listItem, .listItem, .prose])
        #expect(text(found[3]) == "- the hall,\n  where the key hangs\n")
        #expect(text(found[6]) == "In\n1. May it was sold.\n#no heading")
    }

    @Test func rowsAreRowsWhateverStandsInTheirCells() {
        let found = blocks(Self.table, name: "people.csv")
        #expect(found.count == 10)
        #expect(found.map(\.kind) == [.tableHeader] + [TextBlock.Kind](repeating: .tableRow, count: 9))
        #expect(text(found[1]) == "Ann 1,21,\"said \"\"no\"\"\nand left\"\n")
    }

    @Test(arguments: [
        ("a,b\n1,2\n3,4\n", "x.csv", true), ("a,b\n1,2\n3,4\n", "x.txt", false),
        (String(repeating: "a\tb\n", count: 9), "x.txt", true),
        (String(repeating: "a, b, c and d\n", count: 9), "", true),
        ("He came, saw, and left.\nShe stayed, but only a little, then went, too.\n", "x.txt", false),
        ("", "x.csv", false),
        ("one\n\ntwo\n", "x.csv", false),
    ])
    func aTableIsToldByItsLines(text: String, name: String, isTable: Bool) {
        #expect(blocks(text, name: name).contains { $0.kind == .tableRow } == isTable)
    }

    /// Chats with a model: lower-case roles, long answers of many lines, and lines that date a session.
    @Test(arguments: ["Date: 3 May 2024 (Fri) 10:12", "=== Session 2 ===", "# Session of 2024-05-03", "2024/05/03"])
    func sessionsHaveHeadings(heading: String) {
        let text = """
            \(heading)

            user: Which pump do I need?
            assistant: That depends:

            - on the well,
            - and on the height.

            Tell me both.
            user: Twelve metres.

            \(heading.replacingOccurrences(of: "3", with: "4"))
            user: It runs.
            """
        let found = blocks(text)
        #expect(found.map(\.kind) == [.heading, .turn, .turn, .turn, .heading, .turn])
        #expect(found.map(\.text).joined().elementsEqual(text.utf8), "no byte is lost")
        #expect(String(decoding: found[2].text, as: UTF8.self).contains("Tell me both."))
    }

    @Test func aDateThatSomebodySaysIsNoHeading() {
        let text = "Ann: When?\n\nBen: 3.5.2024\n\nAnn: 10:30?\n\nBen: Fine.\n\nAnn: 2024-05-03!\n"
        #expect(blocks(text).map(\.kind) == [.turn, .turn, .turn, .turn, .turn])
        let timed = "[2024-05-01 10:12] Ann: Hi.\n[2024-05-01 10:13] Ben: Hi.\n[2024-05-01 10:14] Ann: So?\n"
        #expect(blocks(timed + timed).map(\.kind) == [TextBlock.Kind](repeating: .turn, count: 6))
    }

    @Test func turnsGoUpToTheNextSpeaker() {
        let found = blocks(Self.chat)
        #expect(found.map(\.kind) == [.turn, .turn, .turn, .turn])
        #expect(text(found[1]).hasSuffix("It hangs by the door.\n"))
    }

    @Test(arguments: [
        "Note: this is prose.\nIt goes on.\n", "Title: one\nAuthor: two\nYear: three\nPages: four\n",
        "He said: no.\nShe said: yes.\nThen they left.\nNobody knows why.\n",
    ])
    func colonsAloneAreNoConversation(text: String) {
        #expect(!blocks(text).contains { $0.kind == .turn })
    }

    @Test(arguments: [(markdown, "a.md"), (table, "a.csv"), (chat, "a.txt"), ("", "a"), ("\n\n \n", "a"), ("x", "a")])
    func blocksAreTheWholeTextHoweverItComes(text: String, name: String) {
        let whole = blocks(text, name: name)
        #expect(whole.flatMap(\.text) == Array(text.utf8))
        var next = 0
        for block in whole {
            #expect(block.runs.first?.source == next && !block.text.isEmpty)
            next += block.text.count
        }
        for size in [1, 2, 3, 7, 50] {
            let parts = blocks(text, name: name, blockSize: size)
            #expect(parts.map(\.text) == whole.map(\.text), "by \(size) bytes")
            #expect(parts.map(\.kind) == whole.map(\.kind), "by \(size) bytes")
        }
    }

    @Test(arguments: ["a.txt", "a.csv"])
    func aBlockWithoutAnEndComesInStretches(name: String) {
        let text = "a,b\n" + String(repeating: "word ", count: 20_000)
        let found = blocks(name == "a.csv" ? "a,b\n\"" + text : text, name: name, blockSize: 1_000)
        #expect(found.count > 3)
        #expect(found.allSatisfy { $0.text.count <= TextBlock.longestStretch })
        #expect(found.dropLast().filter(\.continues).count > 2)
    }

    private func passages(_ text: String, name: String) throws -> [Passage] {
        let tokenizer = try ScriptedModel([0], prompt: 1).tokenizer
        var reader = PassageReader([.text(text, name: name)], unit: .paragraph, tokenizer: tokenizer)
        var passages: [Passage] = []
        while let passage = try reader.next() { passages.append(passage) }
        return passages
    }

    @Test func aRowAndATurnArePassagesOfTheirOwn() throws {
        #expect(
            try passages("name,room\nAnn,21\nBob,22\n", name: "a.csv").map(\.text) == ["name,room", "Ann,21", "Bob,22"])
        let turns = try passages(Self.chat, name: "chat.txt")
        #expect(turns.count == 4)
        #expect(turns[1].sentences.count > 1, "a turn has sentences")
        #expect(turns.map(\.source.line) == [1, 2, 4, 5])
        let bytes = Array(Self.chat.utf8)
        for turn in turns { #expect(Array(bytes[try #require(turn.source.byteRange)]) == Array(turn.text.utf8)) }
    }

    @Test func aHeadingStaysWithWhatFollows() throws {
        let found = try passages("# A heading. Of two.\nIt has text.\n\nAnother paragraph.", name: "a.md")
        #expect(found.map(\.text) == ["# A heading. Of two.\nIt has text.", "Another paragraph."])
        #expect(found[0].sentences.map(\.sentence.kind) == [.heading, .prose])
    }
}
