import Documents
import Testing

/// Messages and mailboxes as a person reads them.
@Suite struct MailTests {
    private func read(_ text: String, name: String) throws -> (blocks: [TextBlock], omissions: [Omission]) {
        var reader = try BlockReader(.text(text, name: name))
        var blocks: [TextBlock] = []
        var omissions: [Omission] = []
        while let next = try reader.next() {
            blocks += next
            omissions += reader.takeOmissions()
        }
        return (blocks, omissions + reader.takeOmissions())
    }

    private func texts(_ blocks: [TextBlock]) -> [String] { blocks.map { String(decoding: $0.text, as: UTF8.self) } }

    private static let message = """
        From: =?UTF-8?Q?Zo=C3=A9_Lee?= <zoe@a.org>
        To: Bob <bob@a.org>
        Subject: =?utf-8?B?VGhlIGtl?= =?utf-8?B?eSDigJMgYWdhaW4=?=
        Date: Wed, 1 May 2024 10:12:13 +0200
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary="outer"

        This is a multi-part message in MIME format.
        --outer
        Content-Type: multipart/alternative;
         boundary=inner

        --inner
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: quoted-printable

        The key hangs in the h=
        all, caf=C3=A9 side.

        > Where is it?
        > I need it.
        Greetings
        --=20
        Zo=C3=A9
        --inner
        Content-Type: text/html

        <p>The key hangs.</p>
        --inner--
        --outer
        Content-Type: text/csv; name="rooms.csv"
        Content-Disposition: attachment; filename*=UTF-8''r%C3%B6oms.csv
        Content-Transfer-Encoding: base64

        bmFtZSxyb29tCkFubiwyMQo=
        --outer
        Content-Type: image/png; name="a.png"
        Content-Transfer-Encoding: base64

        iVBORw0KGgoAAAANSUhEUg==
        --outer
        Content-Type: message/rfc822

        From: Cid
        Subject: Inner
        Date: yesterday

        Inner text.
        --outer--
        """

    @Test(arguments: ["a.eml", "message"])
    func aMessageReads(name: String) throws {
        for text in [Self.message, Self.message.replacing("\n", with: "\r\n")] {
            let (blocks, omissions) = try read(text, name: name)
            #expect(
                texts(blocks) == [
                    "From: Zoé Lee <zoe@a.org>\nTo: Bob <bob@a.org>\nDate: Wed, 1 May 2024 10:12:13 +0200\nSubject: The key – again\n\n",
                    "The key hangs in the hall, café side.\n\n", "> Where is it?\n> I need it.\n\n",
                    "Greetings\n--\nZoé\n\n",
                    "Attachment: rööms.csv\n\n".replacing("öö", with: "öo"), "name,room\n", "Ann,21\n",
                    "From: Cid\nDate: yesterday\nSubject: Inner\n\n", "Inner text.\n\n",
                ])
            #expect(
                blocks.map(\.kind) == [
                    .heading, .prose, .prose, .prose, .heading, .tableHeader, .tableRow, .heading, .prose,
                ])
            let places = blocks.map { $0.marks.first?.location }
            #expect(places.allSatisfy { $0?.message == 1 && $0?.time == "Wed, 1 May 2024 10:12:13 +0200" })
            #expect(places[5]?.member == "röoms.csv" && places[1]?.member == nil)
            #expect(omissions.count == 1 && omissions[0].location?.member == "a.png" && omissions[0].document == name)
        }
    }

    @Test func aMailboxHasMessages() throws {
        let text = """
            From ann@a.org Wed May  1 10:12:13 2024
            From: Ann <ann@a.org>
            To: Bob
            Subject: One
            Date: Wed, 1 May 2024 10:12:13 +0200

            The first text.
            >From here on it is quoted.

            From bob@a.org Wed May  1 10:13:13 2024
            From: Bob
            Subject: Two
            Date: Thu, 2 May 2024

            The second text.
            From now on.

            """
        let (blocks, omissions) = try read(text, name: "mail")
        #expect(blocks.map(\.kind) == [.heading, .prose, .heading, .prose])
        #expect(texts(blocks)[1] == "The first text.\nFrom here on it is quoted.\n\n")
        #expect(texts(blocks)[3] == "The second text.\nFrom now on.\n\n")
        #expect(blocks.map { $0.marks.first?.location.message } == [1, 1, 2, 2])
        #expect(blocks[3].marks.first?.location.time == "Thu, 2 May 2024")
        #expect(omissions.isEmpty)
        let run = try #require(blocks[3].runs.first)
        #expect(String(decoding: Array(text.utf8)[run.source...].prefix(16), as: UTF8.self) == "The second text.")
    }

    @Test func aCharacterSetThatIsNamedIsBelieved() throws {
        let text = """
            From: =?iso-8859-7?Q?=C1=ED=ED=E1?= <a@b.org>
            To: Bob
            Subject: =?KOI8-R?B?68zA3g==?=
            Content-Type: text/plain; charset=iso-8859-5
            Content-Transfer-Encoding: quoted-printable

            =BA=DB=EE=E7

            """
        let (blocks, _) = try read(text, name: "a.eml")
        #expect(texts(blocks) == ["From: Αννα <a@b.org>\nTo: Bob\nSubject: Ключ\n\n", "Ключ\n\n"])
    }

    @Test func aPageAloneIsRead() throws {
        let text = "From: Ann\nTo: Bob\nSubject: Page\nContent-Type: text/html\n\n<p>The key hangs.</p>\n"
        let (blocks, _) = try read(text, name: "a.eml")
        #expect(texts(blocks).joined().contains("The key hangs."))
        #expect(blocks.allSatisfy { $0.marks.first?.location.message == 1 && $0.marks.first?.location.member == nil })
    }

    @Test(arguments: [
        "From the hall he went.\nTo: no one.\n", "Title: x\nFrom: y\nText: z\n\nHe came.\n",
        "Note: this\nis no mail.\n",
    ])
    func othersAreNoMail(text: String) throws {
        #expect(try !texts(read(text, name: "a.txt").blocks).joined().isEmpty)
        #expect(try read(text, name: "a.txt").blocks.allSatisfy { $0.marks.isEmpty })
    }

    @Test func hostileMail() throws {
        let head = "From: Ann\nTo: Bob\nSubject: x\n"
        let nested = (0..<10_000).map { "Content-Type: multipart/mixed; boundary=b\($0)\n\n--b\($0)\n" }.joined()
        let inputs = [
            head + "Content-Type: multipart/mixed; boundary=b\n\n"
                + String(repeating: "--b\nContent-Type: text/plain\n\ntext\n", count: 10_000),
            head + nested + "Content-Type: text/plain\n\ndeep\n",
            head + String(repeating: "Content-Type: message/rfc822\n\nFrom: x\n", count: 10_000),
            head + String(repeating: "X: y\n", count: 200_000),
            head + "Content-Type: multipart/mixed; boundary=\"\"\n\n--\n--\n----\n",
            head + "Subject: " + String(repeating: "=?", count: 100_000),
            head + "Content-Transfer-Encoding: base64\n\n" + String(repeating: "=", count: 500_000),
            head + "Content-Transfer-Encoding: quoted-printable\n\n" + String(repeating: "=", count: 500_000), head,
            head + "\n" + String(repeating: "x", count: 5_000_000),
            head + "\n" + String(repeating: "A line of text.\n\n", count: 100_000),
            String(repeating: "From a\n" + head + "\ntext\n\n", count: 20_000),
        ]
        let clock = ContinuousClock()
        for input in inputs {
            var count = 0
            let time = try clock.measure { count = try read(input, name: "a.eml").blocks.count }
            print("mail of \(input.utf8.count) bytes: \(time), \(count) blocks")
            #expect(time < .seconds(20))
        }
    }
}
