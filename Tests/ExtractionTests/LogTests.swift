import Documents
import Testing

/// Logs as entries.
@Suite struct LogTests {
    @Test(arguments: [
        ("2024-05-01T10:12:13.123Z INFO started", "2024-05-01T10:12:13.123Z"),
        ("2024-05-01 10:12:13,123 ERROR x", "2024-05-01 10:12:13,123"),
        ("[2024-05-01 10:12:13] app.ERROR: x", "2024-05-01 10:12:13"),
        ("May  1 10:12:13 host sshd[1]: x", "May  1 10:12:13"),
        ("127.0.0.1 - - [10/Oct/2000:13:55:36 -0700] \"GET / HTTP/1.0\" 200", "10/Oct/2000:13:55:36 -0700"),
        ("1714558333.123 web: x", "1714558333.123"), ("I0502 10:12:13.000001 12 a.cc:3] x", "0502 10:12:13.000001"),
        ("05-01 10:12:13.123  1  2 D Tag: x", "05-01 10:12:13.123"),
        ("ERROR 2024-05-01 10:12:13 x", "2024-05-01 10:12:13"),
        ("<34>1 2003-10-11T22:14:15.003Z host su - x", "2003-10-11T22:14:15.003Z"),
        ("[    0.123456] Linux version", "    0.123456"),
        ("WARNING: low space", ""), ("2024/05/01 10:12:13 http: x", "2024/05/01 10:12:13"),
    ])
    func entriesHaveTheirTimes(entry: String, time: String) {
        let text =
            String(repeating: entry + "\n\tat a.b(c)\n  more\n", count: 3) + String(repeating: entry + "\n", count: 3)
        let found = Extraction(text)
        #expect(found.kinds == [TextBlock.Kind](repeating: .record, count: 6))
        #expect(found.times.allSatisfy { ($0 ?? "") == time }, "\(found.times)")
        #expect(found.trimmed.first == entry + "\n\tat a.b(c)\n  more")
        Extraction.expectStable(text)
    }

    @Test func othersAreNoLogs() {
        for text in [
            "10:30 Breakfast\n12:30 Lunch\n18:30 Dinner\n20:00 Bed\n21:00 Sleep\n",
            "INFO on the house\nERROR is human\n", "12\n13\n14\n15\n16\n",
        ] {
            #expect(!Extraction(text).kinds.contains(.record))
        }
        #expect(
            Extraction("Starting up\n2024-05-01 10:12:13 x\nTraceback:\n  y\nError: z\n", name: "a.log").kinds == [
                .prose, .record,
            ])
    }

    @Test func aLongLogIsReadQuickly() {
        let (seconds, found) = Extraction.seconds(
            String(repeating: "2024-05-01T10:12:13.123Z INFO request 12 took 3 ms and returned 200\n", count: 70_000),
            name: "a.log")
        print("5 MB of log: \(seconds) s")
        #expect(found.blocks.count == 70_000 && found.isWhole && seconds < 30)
    }
}
