import Documents
import Testing

/// Conversations in the forms in which they are exported.
@Suite struct ConversationTests {
    @Test(
        arguments: [
            ("Ann (10:12): Hi.", "Bob (10:13): Hello.\nMore.", "10:12"), ("<ann> Hi.", "<Bob> Hello.", nil),
            ("10:12 <ann> Hi.", "10:13 <@Bob> Hello.", "10:12"),
            ("01.05.24, 10:12 - Ann: Hi.", "01.05.24, 10:13 - Bob Noll: Hello.", "01.05.24, 10:12"),
            ("\u{200E}[01.05.24, 10:12:13] Ann: Hi.", "[01.05.24, 10:13:14] Bob: Hello.", "01.05.24, 10:12:13"),
            ("5/1/24, 10:12 AM - Ann: Hi.", "5/1/24, 10:13 AM - Bob: Hello.", "5/1/24, 10:12 AM"),
            ("Ann, [01.05.24 10:12]\nHi.", "Bob Noll, [01.05.24 10:13]\nHello.", "01.05.24 10:12"),
            ("Ann  10:12 AM\nHi.", "Bob  10:13 AM\nHello.", "10:12 AM"),
            ("[2024-05-01 10:12] Ann: Hi.", "[2024-05-01 10:13] Bob: Hello.", "2024-05-01 10:12"),
            ("Q: Where is it?", "A: In the hall.", nil),
            ("**User:** Hi.", "**Assistant:** Hello.\n\n- so\n- and so", nil),
        ] as [(String, String, String?)])
    func turnsAreToldInEveryForm(first: String, second: String, time: String?) {
        let text = [first, second, first, second, first, second].joined(separator: "\n")
        let found = Extraction(text)
        #expect(found.kinds == [TextBlock.Kind](repeating: .turn, count: 6), "\(found.texts)")
        #expect(found.times.first == .some(time))
        #expect(found.trimmed.dropFirst().first == second)
        Extraction.expectStable(text)
    }

    @Test(arguments: [
        "Model: X200\nSystem: Linux\nUser: Ann\n", "Model: X200\nSystem: Linux\nUser: Ann\nAgent: none\n\nIt runs.\n",
        "2024-05-01 10:12:13 INFO Main: a\n2024-05-01 10:12:13 INFO Main: b\n2024-05-01 10:12:13 INFO Main: c\n2024-05-01 10:12:13 INFO Main: d\n",
        "See (2020): a study.\nIt was long.\nIt was old.\nIt was read.\n",
    ])
    func othersAreNone(text: String) { #expect(!Extraction(text).kinds.contains(.turn)) }

    @Test func hostileConversations() {
        for line in ["Ann: ", "[", "<", "10:12 ", "# a\n\n", "\n", "Ann: hi\n", "é"] {
            let chat = "user: a\nassistant: b\nuser: c\n" + String(repeating: line, count: 100_000)
            let (seconds, found) = Extraction.seconds(chat, name: "a")
            #expect(found.isWhole && seconds < 20, "\(line)")
        }
    }
}
