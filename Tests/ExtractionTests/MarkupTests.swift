import Documents
import Foundation
import Testing

/// Pages of HTML and books.
@Suite struct MarkupTests {
    private static let page = """
        <!DOCTYPE html><html><head><meta charset="iso-8859-1"><title>The  River House</title><script>no</script></head>
        <body><nav><ul><li><a href="/">Home</a></li></ul></nav>
        <h1>The River House</h1>
        <p>It stands &mdash; f&uuml;r Gr&ouml;&szlig;e &amp; co.<br>Line two<sup><a href="#fn1">1</a></sup>, in 1945<sup
        ><a href="#fn2">[2]</a></sup> and 10<sup>6</sup> m.</p>
        loose <b>bo</b>ld
        <div id="main"><p>First&nbsp;para co&shy;op</p><p><ruby>東京<rp>(</rp><rt>とう</rt><rp>)</rp></ruby>です</p>
        <ul><li>one<ul><li>nested a</li><li><p>nested b</p><p>more b</p></li></ul></li><li>two <b>x</b></li></ul>
        <ol start="3"><li>three<li>four</ol><dl><dt>Term</dt><dd>Meaning</dd></dl>
        <table><caption>Rooms</caption><tr><td>Name<td>Size<tr><td>Hall</td><td>20 <p>m</p></td></tr></table>
        <table><tr><td><h2>Left</h2><p>para</p></td><td>right <table><tr><td>1</td><td>2</td></tr></table></td></tr></table>
        <pre>
        line 1
          line &lt;2&gt;
        </pre>
        <div hidden>secret</div><img alt="A view of the hall"><img alt="x"><select><option>opt</select>
        <blockquote>Quoted <i>text</i></blockquote>
        <ol role="doc-endnotes"><li id="fn1"><p>A note.<a role="doc-backlink">back</a></p></li></ol></div>
        """

    @Test func pagesReadAsPeopleReadThem() {
        let found = MarkupSample.page(Self.page)
        #expect(
            found.text == """
                The River House

                It stands — für Größe & co.
                Line two[1], in 1945[2] and 10⁶ m.

                loose bold

                First para coop

                東京(とう)です

                - one
                  - nested a
                  - nested b
                    more b
                - two x

                3. three
                4. four

                Term
                  Meaning

                Rooms

                Name | Size
                Hall | 20 m

                Left

                para

                right

                1 | 2

                line 1
                  line <2>

                [A view of the hall]

                Quoted text

                1. A note.


                """)
        #expect(found.block("Name | Size")?.kind == .tableHeader)
        #expect(found.block("1 | 2")?.kind == .tableRow)
        #expect(found.block("line 1")?.kind == .code)
        #expect(
            found.location("nested a")?.element
                == "#main > ul:nth-of-type(1) > li:nth-of-type(1) > ul:nth-of-type(1) > li:nth-of-type(1)")
        #expect(found.location("A note.")?.element == "#fn1 > p:nth-of-type(1)")
    }

    @Test(arguments: [1, 7, 100]) func piecesMakeNoDifference(size: Int) {
        let (whole, pieces) = (MarkupSample.page(Self.page), MarkupSample.page(Self.page, pieces: size))
        #expect(pieces.text == whole.text)
        #expect(pieces.kinds == whole.kinds)
        #expect(pieces.blocks.map { $0.runs } == whole.blocks.map { $0.runs })
        #expect(pieces.blocks.map { $0.marks.first?.location } == whole.blocks.map { $0.marks.first?.location })
    }

    @Test func blocksLeadBackToTheirBytes() throws {
        let bytes = try MarkupSample.bytes("house.html")
        for block in try MarkupSample.read("house.html").blocks where block.kind == .prose {
            let run = try #require(block.runs.first)
            let text = block.text[run.text...].prefix(12)
            #expect(bytes[run.source...].starts(with: text.prefix { $0 > 0x20 }))
            #expect(block.lines.first.map { $0.line > 0 } == true)
        }
    }

    @Test func titlesAreSaidOnce() {
        let other = MarkupSample.page("<html><head><title>Site: a page</title></head><body><p>x</p><h1>A page</h1>")
        #expect(other.text == "Site: a page\n\nx\n\nA page\n\n")
        #expect(MarkupSample.page("<title>T</title><p>only").text == "T\n\nonly\n\n")
    }

    @Test func whatIsHiddenIsSaid() {
        let hidden = MarkupSample.page(
            "<p>Seen.</p><div style='display: none'>\(String(repeating: "secret ", count: 50))</div>")
        #expect(hidden.text == "Seen.\n\n")
        #expect(hidden.omissions.map(\.kind) == [.ignored])
    }

    @Test func longTextComesInStretches() {
        let words = String(repeating: "word ", count: 20_000)
        let found = MarkupSample.page("<p>\(words)</p><table><tr><td>a</td><td>\(words)</td></tr></table><p>end")
        #expect(found.blocks.allSatisfy { $0.text.count <= 2 * TextBlock.longestStretch })
        #expect(found.text.split(whereSeparator: \.isWhitespace).count == 40_002)
    }

    @Test func wrongTagsLoseNoText() {
        let two = "<html><body><p>one</p></body></html>"
        #expect(MarkupSample.page(two + two + two).text == "one\n\none\n\none\n\n")
        #expect(MarkupSample.page("<!doctype html></b></p></i><p>one").text == "one\n\n")
        #expect(MarkupSample.page("</b></p><p>one</p></html><p>two").text == "one\n\ntwo\n\n")
        #expect(MarkupSample.page("a < b and <c d").text.hasPrefix("a < b and"))
        #expect(MarkupSample.page("<p>a<script>if (a > b) x = '</p>'</script>b").text == "ab\n\n")
    }

    @Test func nestingAndLongTagsTakeNoTime() {
        let start = ContinuousClock.now
        let deep = String(repeating: "<div>", count: 100_000) + "deep" + String(repeating: "</b>", count: 100_000)
        #expect(MarkupSample.page(deep + "<p>behind").text.contains("behind"))
        let tag = "<p title='\(String(repeating: "x<y>", count: 1_000_000))'>text</p>"
        #expect(MarkupSample.page(tag).text == "text\n\n")
        let row = "<table><tr>" + String(repeating: "<td>", count: 100_000) + "cell"
        #expect(MarkupSample.page(row).text.contains("cell"))
        #expect(ContinuousClock.now - start < .seconds(30))
    }

    @Test(arguments: ["house.html", "house.epub", "house.docx", "house.odt"])
    func allFormatsHoldTheSameText(name: String) throws {
        var found = try MarkupSample.read(name)
        // The page with the book's title.
        if name.hasSuffix("epub") { found.blocks.removeFirst() }
        #expect(try MarkupSample.letters(found) == MarkupSample.truth())
        #expect(found.omissions.isEmpty)
        #expect(found.kinds.count { $0 == .heading } == 2)
        #expect(found.kinds.count { $0 == .tableHeader } == 1)
        #expect(found.kinds.count { $0 == .tableRow } == 4)
        #expect(try found.digest.bytes == MarkupSample.bytes(name).count)
    }

    @Test func booksHaveChapters() throws {
        let book = try MarkupSample.read("house.epub")
        #expect(book.location("clock")?.chapter == "The river house")
        #expect(book.location("Kitchen")?.chapter == "Rooms and their use")
        #expect(book.location("clock")?.element == "#the-river-house > p:nth-of-type(4)")
    }

    @Test func lockedBooksAreNamed() throws {
        let container = "<container><rootfiles><rootfile full-path='b.opf'/></rootfiles></container>"
        let parts = """
            <package><manifest><item id='a' href='a.xhtml' media-type='application/xhtml+xml'/></manifest>
            <spine><itemref idref='a'/></spine></package>
            """
        let locked =
            "<encryption><EncryptedData><CipherData><CipherReference URI='a.xhtml'/></CipherData></EncryptedData></encryption>"
        let members = [
            ("META-INF/container.xml", container), ("b.opf", parts), ("a.xhtml", "?"),
            ("META-INF/encryption.xml", locked),
        ]
        let bytes = ZipWriter.archive(members.map { ZipWriter.Member($0.0, Array($0.1.utf8)) })
        #expect { try MarkupSample.read(bytes, name: "b.epub") } throws: { "\($0)".contains("DRM") }
    }
}
