import Evaluation
import Foundation
import FoundationXML
import Testing

@Suite("Pieces of a report")
struct ReportPiecesTests {
    private static let hostile = #"</td><script>alert("x")</script><img src=x onerror='y'> & "q""# + "\u{0}\u{1B}[31m"

    /// The text of a piece as a strict parser reads it, or nil where the piece is not well formed.
    private func text(of piece: HTML) -> String? {
        final class Reader: NSObject, XMLParserDelegate {
            var text = ""
            func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }
        }
        let parser = XMLParser(data: Data("<root>\(piece.markup)</root>".utf8))
        let reader = Reader()
        parser.delegate = reader
        return parser.parse() ? reader.text : nil
    }

    @Test func interpolatedTextIsText() {
        let piece: HTML = "<b title=\"\(Self.hostile)\">\(Self.hostile)</b>"
        #expect(!piece.markup.contains("<script"))
        #expect(!piece.markup.contains("<img"))
        #expect(!piece.markup.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" && $0 != "\t" })
        let shown = Self.hostile.replacing("\u{0}", with: "\u{FFFD}").replacing("\u{1B}", with: "\u{FFFD}")
        #expect(text(of: piece) == shown)
    }

    @Test func digitsAreGrouped() {
        #expect(
            [0, 7, 123, 1_234, -12_345, 1_048_576].map(HTML.grouped) == [
                "0", "7", "123", "1,234", "-12,345", "1,048,576",
            ])
    }

    @Test func markupIsTakenAsItIs() {
        let bold: HTML = "<b>\("1 < 2")</b>"
        #expect(("<p>\(bold)\([bold, bold])\(7)\(0.125)</p>" as HTML).markup.hasPrefix("<p><b>1 &lt; 2</b><b>"))
        #expect((bold + "<i></i>").markup == "<b>1 &lt; 2</b><i></i>")
        #expect(("\(1e-9) \(Double.nan) \(1e21)" as HTML).markup == "0.00 0 1000000000000000000000.00")
    }

    @Test func figuresAndTablesAreWellFormed() throws {
        let map = HeatMap(
            title: Self.hostile, rows: .init(Self.hostile, labels: [Self.hostile, "b"]),
            columns: .init("c", labels: ["1", "2", Self.hostile]), values: [[1, 0.5, nil], [0, .nan, 2]],
            markedColumns: [1..<3])
        let drawn = try #require(text(of: map.html))
        for number in ["1.00", "0.50", "0.00", "2.00", "no value"] { #expect(drawn.contains(number)) }
        #expect(map.html.markup.contains(#"class="mark""#))

        let chart = BarChart(
            title: "t", bars: [.init(Self.hostile, 0.25, interval: 0.1...0.4), .init("out", 7)], range: 0...1)
        let bars = try #require(text(of: chart.html))
        #expect(bars.contains("0.250  (0.10 – 0.40)"))

        let table = ReportTable([.text(Self.hostile), .number("n")], rows: [["\(Self.hostile)", "3"]])
        #expect(text(of: table.html) != nil)
    }

    @Test func anEmptyHeatMapIsDrawn() {
        let map = HeatMap(
            title: "none", rows: .init("r", labels: []), columns: .init("c", labels: []), values: [])
        #expect(text(of: map.html) != nil)
    }

    @Test func aPageStandsAlone() {
        let page = ReportPage(title: Self.hostile, lead: Self.hostile, sections: [.init(Self.hostile, "<p>x</p>")])
        let markup = page.html.markup
        #expect(markup.hasPrefix("<!DOCTYPE html>"))
        for outside in ["<script", "<img", "<link", "src=", "http://", "https://", "url(", "@import"] {
            #expect(!markup.replacing("src=x", with: "").contains(outside))
        }
        #expect(markup.contains("prefers-color-scheme: dark"))
    }
}
