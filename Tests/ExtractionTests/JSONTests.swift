import Documents
import Testing

/// JSON as a person reads it.
@Suite struct JSONTests {
    private static let settings = """
        {
          "name": "house", "version": 1.50,
          "owner": {"name": "Ann", "address": {"city": "Ghent", "zip": null}},
          "tags": ["old", "by the river"], "rooms": [], "box": [[1, 2], [3, 4]],
          "people": [{"name": "Bob", "age": 3}, {"name": "Cid \\u00e9\\ud83d\\ude00\\n", "note": ""}]
        }
        """

    @Test func valuesHavePaths() {
        let found = Extraction(Self.settings, name: "a.json")
        #expect(
            found.trimmed == [
                "name: house\nversion: 1.50", "owner.name: Ann\nowner.address.city: Ghent\nowner.address.zip: null",
                "tags: old, by the river", "rooms: []", "box", "1, 2", "3, 4", "people", "name: Bob; age: 3", "name:",
                "Cid é😀", "note: \"\"",
            ])
        #expect(
            found.kinds == [
                .record, .record, .record, .record, .heading, .record, .record, .heading, .record, .record, .prose,
                .record,
            ])
        for piece in ["house", "1.50", "Ghent", "by the river", "zip", "null", "Bob", "Cid "] {
            #expect(found.source(of: piece) == piece)
        }
        #expect(found.omissions.isEmpty)
        Extraction.expectStable(Self.settings, name: "a.json", isWhole: false)
    }

    @Test func linesAreRecords() {
        let text = """
            {"id": 1, "name": "Ann", "address": {"city": "Ghent"}, "date": "2024-05-01"}
            {"id": 2, "text": "First line.\\n\\nSecond paragraph.", "more": [1, 2]}
            broken "line"
            {"id": 3}
            """
        let found = Extraction(text, name: "a.jsonl")
        #expect(
            found.trimmed == [
                "id: 1; name: Ann; address.city: Ghent; date: 2024-05-01", "id: 2\ntext:", "First line.",
                "Second paragraph.", "more: 1, 2", "broken \"line\"", "id: 3",
            ])
        #expect(found.times.first == "2024-05-01")
        #expect(found.omissions.count == 1)
        #expect(found.source(of: "Second paragraph.") == "Second paragraph.")
        Extraction.expectStable(text, name: "a.jsonl", isWhole: false)
        #expect(Extraction("{\"a\":1}\n{\"a\":2}\n").kinds == [.record, .record])
    }

    @Test(arguments: [
        #"[{"role": "user", "content": "Hi."}, {"role": "assistant", "content": "Hello\nAnn."}]"#,
        #"{"messages": [{"role": "user", "content": "Hi."}, {"role": "assistant", "content": [{"type": "text", "text": "Hello\nAnn."}]}]}"#,
        #"{"conversations": [{"from": "user", "value": "Hi."}, {"from": "assistant", "value": "Hello\nAnn."}]}"#,
    ])
    func chatsAreTurns(text: String) {
        for name in ["a.json", "a.jsonl"] {
            let found = Extraction(text, name: name)
            #expect(found.texts(.turn) == ["user: Hi.", "assistant: Hello\nAnn."])
            Extraction.expectStable(text, name: name, isWhole: false)
        }
    }

    @Test func whatIsNoJSONIsText() {
        let text = "{\"name\": \"Ann and Bob of the house\", \"age\": 3, no: \"good\",\n \"more\": 1}\nend"
        let found = Extraction(text, name: "a.json")
        let all = found.texts.joined()
        for piece in ["name: Ann", "age: 3", "no: \"good\",\n", "\"more\": 1}\n", "end"] {
            #expect(all.contains(piece), "\(piece)")
        }
        #expect(found.omissions.count == 1)
        Extraction.expectStable(text, name: "a.json", isWhole: false)
        let cut = Extraction("{\"name\": \"Ann\", \"text\": \"It was", name: "a.json")
        #expect(cut.texts.joined().contains("text: It was") && cut.omissions.count == 1)
    }

    @Test(arguments: ["[1] Smith et al., 2020.\n", "[2024-05-01 10:12] Ann: Hi.\n", "[see](link)\n", "{x}", "[", "{"])
    func othersAreNoJSON(text: String) {
        if case .json = TextFormat.detect(Array(text.utf8)[...], name: "a.txt") { #expect(text.count == 1) }
    }

    @Test func hostileJSON() {
        let record =
            #"{"id": 1, "text": "It was the best of times, it was the worst of times.", "list": [1, 2.5, true]}"#
        let inputs = [
            String(repeating: "[", count: 1_000_000), String(repeating: "{\"a\":", count: 1_000_000), "\"\\ud800\\u",
            "{\"\\u12",
            "[\"" + String(repeating: "x", count: 5_000_000), "[\"" + String(repeating: "\\n", count: 200_000),
            "{\"" + String(repeating: "k", count: 1_000_000) + "\":1}",
            "[" + String(repeating: "1,", count: 100_000) + "2]",
            String(repeating: "{\"a\": \n", count: 10_000),
            "[" + String(repeating: "\"é\\u00e9\",", count: 100_000) + "1",
            String(repeating: record + "\n", count: 20_000),
        ]
        for input in inputs {
            for name in ["a.json", "a.jsonl"] {
                let (seconds, found) = Extraction.seconds(input, name: name)
                print("JSON of \(input.utf8.count) bytes: \(seconds) s, \(found.blocks.count) blocks")
                #expect(seconds < 30 && found.blocks.allSatisfy { $0.text.count <= TextBlock.longestStretch + 4 })
                #expect(found.blocks.allSatisfy { String(validating: $0.text, as: UTF8.self) != nil })
            }
        }
    }
}
