import Documents
import Testing

/// Tables of text: which row names the columns, and that rows are rows.
@Suite struct TableTests {
    private let people = "name,room\nAnn,21\nBob,22\n"

    @Test(arguments: [
        ("name,room\nAnn,21\nBob,22\n", "a.csv", true), ("Ann,21\nBob,22\n", "a.csv", false),
        ("country;2019;2020\nGhana;1;2\n", "a.csv", true), ("name\troom\nAnn\t21\n", "a.tsv", true),
        ("id|name\n1|Ann\n", "a.csv", true), ("a,a,\nx,1,2\n", "a.csv", true),
        (String(repeating: "yes,no,no\n", count: 9), "", false),
        ("who,what,when\n" + String(repeating: "Ann,came,2024-05-01\n", count: 9), "", true),
        ("red,3,4\n" + String(repeating: "Ann,5,6\n", count: 9), "", false),
    ])
    func theFirstRowNamesColumnsOrDoesNot(text: String, name: String, hasHeader: Bool) {
        let found = Extraction(text, name: name)
        #expect(found.kinds.first == (hasHeader ? .tableHeader : .tableRow))
        #expect(found.kinds.dropFirst().allSatisfy { $0 == .tableRow })
        Extraction.expectStable(text, name: name)
    }

    @Test func irregularRowsOfACSVFileAreRows() {
        let text = "name,room\nAnn\n\nBob,22,left,early\n\"Cid\n the \"\"old\"\"\",23\n5\" pipe,1\nEve,2\n"
        let found = Extraction(text, name: "a.csv")
        #expect(found.kinds == [.tableHeader] + [TextBlock.Kind](repeating: .tableRow, count: 5))
        #expect(found.trimmed[3] == "\"Cid\n the \"\"old\"\"\",23", "a quoted line break is in the row")
        Extraction.expectStable(text, name: "a.csv")
    }

    @Test func aWideTableIsOne() {
        let wide = (1...2_000).map { "column \($0)" }.joined(separator: ",") + "\n"
        #expect(Extraction(wide + wide.replacing("column ", with: ""), name: "a.csv").kinds.first == .tableHeader)
    }

    @Test func aQuoteThatNobodyEndsDoesNotTakeAll() {
        let text = "a,b\n\"open,1\n" + String(repeating: "Ann,2\n", count: 30_000)
        let found = Extraction(text, name: "a.csv")
        #expect(found.isWhole)
        #expect(found.blocks.count > 10_000)
    }

    @Test func tablesOfMarkdown() {
        let text = """
            Rooms of the house:

            | name | room |
            |------|:----:|
            | Ann  | 21   |
            | Bob  | 22   |
            Behind it.

            a | b
            --|--
            1 | 2
            """
        let found = Extraction(text, name: "a.md")
        #expect(
            found.kinds == [.prose, .tableHeader, .tableRow, .tableRow, .prose, .tableHeader, .tableRow])
        #expect(found.trimmed[1] == "| name | room |\n|------|:----:|")
        Extraction.expectStable(text, name: "a.md")
    }

    @Test func aLongTableIsReadQuickly() {
        let rows = (0..<200_000).map { "Ann \($0),\"room, \($0)\",said\n" }.joined()
        let (seconds, found) = Extraction.seconds("who,where,what\n" + rows, name: "a.csv")
        print("5 MB of rows: \(seconds) s")
        #expect(found.blocks.count == 200_001 && seconds < 30)
    }
}
