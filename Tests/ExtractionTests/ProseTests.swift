import Documents
import Testing

/// Plain text and Markdown as a reader sees them.
@Suite struct ProseTests {
    private static let markdown = """
        ---
        title: The house
        ---
        The house
        =========
        It stands by the river.

        Rooms
        -----
        1. First the hall,
           where the key hangs
           - on a nail
        2. Then the kitchen

           with a stove.

        ```python
        # no heading
        - no item

        def f(): pass
        ```
        <!-- # no heading
        - nor this -->
        > quoted words

            indented code

            # is code
        ### Deep
        * * *
        The end.
        """

    @Test func markdownIsParted() {
        let found = Extraction(Self.markdown, name: "a.md")
        #expect(
            found.kinds == [
                .record, .heading, .prose, .heading, .listItem, .listItem, .listItem, .code, .prose, .prose, .code,
                .heading, .prose,
            ])
        #expect(found.blocks.map(\.level) == [0, 1, 0, 2, 0, 0, 0, 0, 0, 0, 0, 3, 0])
        #expect(found.trimmed[6] == "2. Then the kitchen\n\n   with a stove.")
        #expect(found.trimmed[7].hasPrefix("```python\n# no heading"))
        Extraction.expectStable(Self.markdown, name: "a.md")
    }

    @Test(arguments: [
        ("CHAPTER I.", 2), ("CHAPTER I. Down the Rabbit-Hole", 2), ("Chapter 3. The Sea", 2),
        ("CHAPTER 1. Loomings.", 2),
        ("BOOK ONE", 1), ("Part Two: The Return", 1), ("§ 12 Haftung", 3), ("Article 5", 3), ("1.2 Scope", 2),
        ("2 Methods", 1), ("IV", 3), ("THE LIGHTHOUSE", 4), ("Preface", 2), ("第三章 大海", 2), ("Kapitel 4", 2),
        ("ÜBER DIE FREIHEIT", 4), ("CHAPTER II\nTHE SECRET ROOM", 2), ("Letter 1", 2),
    ])
    func headingsOfBooksAndLaws(title: String, level: Int) {
        let text = "It ends here.\n\n\(title)\n\nThe text goes on, as it does.\n"
        let found = Extraction(text)
        #expect(found.kinds == [.prose, .heading, .prose])
        #expect(found.blocks[1].level == level)
        Extraction.expectStable(text)
    }

    @Test(arguments: [
        "Part of the problem", "Chapter 3 is about the sea.", "He left.", "NO!", "1984 was a year.", "1. Introduction",
        "\"I AM NOT MAD!\"", "Dear Ann,", "12 apples", "Yours, Bob", "Section heads met today", "I",
        "A line\nand another",
        "IT WAS THE BEST OF TIMES.", "Article the writer sent us", "3.14 metres", "5 May 2024", "*** END ***",
        "-- 4 --",
    ])
    func othersAreNone(line: String) {
        let found = Extraction("It ends here.\n\n\(line)\n\nThe text goes on, as it does.\n")
        #expect(found.kinds.contains(.heading) == (line == "I"), "\(line)")
    }

    @Test func listsOfPlainText() {
        let text =
            "To buy:\n\n1. Milk\n2. Bread\n\n• Salt\n• Oil\n\nIn\n1. May it was sold.\n\n12. He came on the twelfth.\n"
        let found = Extraction(text)
        #expect(found.kinds == [.prose, .listItem, .listItem, .listItem, .listItem, .prose, .prose])
        Extraction.expectStable(text)
    }

    @Test(arguments: ["a.md", "a.txt"])
    func hostileText(name: String) {
        let inputs = [
            String(repeating: "x", count: 10_000_000), String(repeating: "\n", count: 200_000), "---\na: b\n",
            String(repeating: "> ", count: 200_000), "```\n" + String(repeating: "# a\n", count: 50_000),
            String(repeating: "a | b\n--|--\n", count: 20_000), String(repeating: "é", count: 100_001), "---", "<!--",
            String(repeating: "line of a paragraph without an end\n", count: 20_000),
        ]
        for input in inputs {
            let (seconds, found) = Extraction.seconds(input, name: name)
            #expect(found.isWhole && seconds < 20, "\(input.prefix(20))")
            #expect(found.blocks.allSatisfy { String(validating: $0.text, as: UTF8.self) != nil })
        }
    }
}
