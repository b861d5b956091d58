import Documents
import Testing

/// Subtitles as what is said.
@Suite struct SubtitleTests {
    private static let srt = """
        1
        00:00:01,000 --> 00:00:03,000
        <i>The key hangs</i>

        2
        00:00:03,100 --> 00:00:05,000
        {\\an8}in the hall.
        By the door &amp; the stairs.

        3
        00:01:02,500 --> 00:01:04,000
        - Who says so?
        - I do.

        """

    @Test func cuesJoinToSentences() {
        let found = Extraction(Self.srt, name: "a.srt")
        #expect(
            found.trimmed == ["The key hangs in the hall. By the door & the stairs.", "- Who says so?", "- I do."])
        #expect(found.times == ["00:00:01", "00:01:02", "00:01:02"])
        #expect(found.blocks[0].marks.map(\.text) == [0, 14])
        #expect(found.blocks[0].marks[1].location.time == "00:00:03")
        for piece in ["The key hangs", "in the hall.", "the stairs.", "I do."] {
            #expect(found.source(of: piece) == piece)
        }
        Extraction.expectStable(Self.srt, name: "a.srt", isWhole: false)
    }

    @Test func voicesOfWebVTT() {
        let text = """
            WEBVTT - A film

            STYLE
            ::cue { color: red }

            NOTE by Ann

            intro
            01:02.000 --> 01:03.000 align:left
            <v Ann Lee>Hello <c.red>Bob</c>.</v>

            01:03.500 --> 01:05.000
            How are you?

            01:06.000 --> 01:07.000
            <v Bob>Fine.
            """
        let found = Extraction(text)
        #expect(found.trimmed == ["by Ann", "Ann Lee: Hello Bob. How are you?", "Bob: Fine."])
        #expect(found.kinds == [.prose, .turn, .turn])
        Extraction.expectStable(text, isWhole: false)
    }

    @Test func aParagraphIsAboutAMinute() {
        let cues = (0..<2_000).map { cue in
            let time = "0\(cue / 1_800):\(cue / 30 % 60):\(cue % 30 * 2),000"
            return "\(cue)\n\(time) --> \(time)\nSentence \(cue) ends here.\n\n"
        }
        let (seconds, found) = Extraction.seconds(cues.joined(), name: "a.srt")
        #expect((60...70).contains(found.blocks.count) && seconds < 10)
    }
}
