import Documents
import Foundation
import Testing

/// Documents, sheets and slides of Office programs.
@Suite struct OfficeTests {
    @Test func paragraphsAndRowsHaveNumbers() throws {
        for name in ["house.docx", "house.odt"] {
            let found = try MarkupSample.read(name)
            #expect(found.location("clock")?.element == "paragraph 5")
            #expect(found.location("Kitchen |")?.element == "table 1, row 3")
            #expect(found.block("Rooms and")?.level == 2)
            #expect(found.text.contains("hangs the key back.[1]\n\n[1] The spare key"))
        }
    }

    @Test func changesAreReadAsAccepted() throws {
        let found = try MarkupSample.read("contract.docx")
        #expect(
            found.text == """
                Contract

                The rent is 450 euros a month.

                1. Keep it dry.
                2. Keep it warm.

                Month | Paid
                May | 450


                """)
    }

    @Test func cellsReadAsShown() throws {
        let found = try MarkupSample.read("rooms.xlsx")
        #expect(
            found.text == """
                Rooms

                Room | Size | Windows
                Hall | 21 | 2
                Kitchen | 18.5 | 3
                Library | 32 | 5
                Workshop | 27 | 1

                Visits

                Guest | Arrival | Paid | Share
                Anna Groß | 2024-05-01 | TRUE | 25%
                李华 | 2024-12-24 18:30

                Prices

                Night | 40


                """)
        #expect(found.block("Room |")?.kind == .tableHeader)
        #expect(found.location("Kitchen")?.sheet == "Rooms")
        #expect(found.location("Kitchen")?.cell == "A3:C3")
        #expect(found.location("李华")?.cell == "A5:B5")
        #expect(found.omissions.map(\.location?.sheet) == ["Prices"])
    }

    @Test func repeatedRowsDoNotGrow() throws {
        let found = try MarkupSample.read("rooms.ods")
        #expect(found.blocks.count == 6)
        #expect(found.location("Library")?.cell == "A4:C4")
    }

    @Test func slidesArePages() throws {
        let found = try MarkupSample.read("house.pptx")
        #expect(found.location("Groß")?.page == 1)
        #expect(found.location("story of the key")?.page == 1)
        #expect(found.block("Rooms")?.kind == .heading)
        #expect(found.block("Hall")?.kind == .tableRow)
        #expect(found.location("Hall")?.page == 2)
    }

    private func word(_ document: String) throws -> MarkupSample.Extraction {
        let types = ZipWriter.Member("[Content_Types].xml", Array("<Types/>".utf8))
        let text = ZipWriter.Member("word/document.xml", Array(document.utf8))
        return try MarkupSample.read(ZipWriter.archive([types, text]), name: "x.docx")
    }

    @Test func entitiesDoNotGrow() throws {
        let laughs = (1...9).map { "<!ENTITY l\($0) '\(String(repeating: "&l\($0 - 1);", count: 10))'>" }.joined()
        let start = ContinuousClock.now
        let found = try? word(
            "<!DOCTYPE d [<!ENTITY l0 'ha'>\(laughs)<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
                + "<d><p><t>before &l9; &x; behind</t></p></d>")
        #expect((found?.text.utf8.count ?? 0) < 100)
        #expect(found?.text.contains("root:") != true)
        #expect(ContinuousClock.now - start < .seconds(2))
    }

    @Test func whatIsCutOffIsSaid() throws {
        let found = try word("<d><p><t>First.</t></p><p><t>Second")
        #expect(found.text.hasPrefix("First."))
        #expect(found.omissions.map(\.kind) == [.skipped])
        #expect(throws: DocumentError.self) { try word("") }
        let deep = try? word("<d>" + String(repeating: "<p>", count: 100_000) + "<t>x</t>")
        #expect((deep?.text.utf8.count ?? 0) < 100)
    }

    @Test func oldFormatsAreNamed() {
        let beginnings: [([UInt8], String)] = [
            ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "--convert-to docx"),
            (Array("{\\rtf1 x".utf8), "Rich Text"),
            ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "7z x"), (Array("Rar!\u{1A}\u{7}\u{1}".utf8), "unrar"),
            (Array("BZh91AY&SY".utf8), "bunzip2"), ([0x28, 0xB5, 0x2F, 0xFD], "unzstd"),
        ]
        for (beginning, advice) in beginnings {
            #expect { try MarkupSample.read(beginning, name: "old") } throws: { "\($0)".contains(advice) }
        }
    }
}
