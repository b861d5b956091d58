import Evaluation
import Foundation
import TestSupport
import Testing
import Tokenization
import Transformer

@Suite("Board manifest")
struct BoardManifestTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        _ = try folder.write(
            #"{"_id":"1","input":"Who?","context":"Ann came.","answers":["Ann"]}"# + "\n", to: "qa.jsonl")
        _ = try folder.write("One cat sat. Two dogs ran.", to: "essays/1.txt")
        _ = try folder.write("name,room\nAnn,1\nBob,2\n", to: "people.csv")
        _ = try folder.write("Where is Ann?\nWhere is Bob?\n", to: "questions.txt")
        _ = try folder.write("Ann,1\nBob,2\n", to: "rows.txt")
    }

    private func manifest(
        _ sets: String, picking names: [String]? = nil, budget: Int = 400
    ) throws(EvaluationError) -> BoardManifest {
        do {
            _ = try folder.write("{\"sets\": [\(sets)]}", to: "board.json")
        } catch {
            throw .unreadable(file: "board.json", reason: "\(error)")
        }
        return try BoardManifest(folder: folder.path(""), picking: names, budget: budget)
    }

    @Test func setsAreReadInTheirOrder() throws {
        let manifest = try manifest(
            """
            {"name": "b", "task": "qa", "file": "qa.jsonl", "budget": 100, "joined": true},
            {"name": "a", "task": "table", "file": "people.csv", "questions": "questions.txt", "rows": "rows.txt"},
            {"name": "n", "task": "nih", "haystack": "essays", "lengths": [8], "depths": [0.5]}
            """, budget: 300)
        #expect(manifest.sets.map(\.name) == ["b", "a", "n"])
        #expect(manifest.sets.map(\.taskName) == ["qa", "table", "nih"])
        // The set's own budget, else the given one.
        #expect(manifest.sets.map(\.budget) == [100, 300, 300])
        #expect(manifest.warnings.isEmpty)
    }

    @Test func someSetsArePickedAndTheOthersMayBeMissing() throws {
        let sets =
            #"{"name": "x", "task": "qa", "file": "gone.jsonl"}, {"name": "y", "task": "qa", "file": "qa.jsonl"}"#
        #expect(try manifest(sets, picking: ["y"]).sets.map(\.name) == ["y"])
        let error = #expect(throws: EvaluationError.self) { try manifest(sets, picking: ["y", "z"]) }
        #expect(error?.description.contains("has no set 'z'; there are: x, y") == true)
    }

    @Test func fieldsThatSayNothingAreTold() throws {
        let manifest = try manifest(
            #"{"name": "x", "task": "qa", "file": "qa.jsonl", "limits": 5, "lengths": [8]}, {"name": "y", "task": "qa", "file": "qa.jsonl"}"#
        )
        #expect(manifest.warnings.count == 1)
        #expect(
            manifest.warnings.first?.hasSuffix("set 'x': \"lengths\", \"limits\" says nothing to the task qa") == true)
    }

    @Test(
        "Errors name the set",
        arguments: [
            (
                #"{"name": "x", "task": "sing", "file": "qa.jsonl"}"#,
                "set 'x': there is no task \"sing\"; there are: qa, nih, table"
            ),
            (#"{"name": "x", "file": "qa.jsonl"}"#, "set 'x': the field \"task\" is missing"),
            (#"{"name": "x", "task": "qa"}"#, "set 'x': \"task\": \"qa\" needs the field \"file\""),
            (#"{"name": "x", "task": "qa", "file": "gone.jsonl"}"#, "gone.jsonl' is not there"),
            (
                #"{"name": "x", "task": "nih", "file": "essays"}"#,
                "set 'x': \"task\": \"nih\" needs the field \"haystack\""
            ),
            (
                #"{"name": "x", "task": "table", "file": "people.csv", "rows": "rows.txt"}"#,
                "needs the field \"questions\""
            ),
            (#"{"name": "x", "task": "qa", "file": "qa.jsonl", "limit": 0}"#, "set 'x': \"limit\" must be 1 or more"),
            (
                #"{"name": "x", "task": "qa", "file": "qa.jsonl", "limit": "1"}"#,
                "set 'x': the field \"limit\" should be"
            ),
            (
                #"{"name": "x", "task": "qa", "file": "qa.jsonl", "budget": 3}"#,
                "set 'x': \"budget\" must be 16 or more"
            ),
            (#"{"name": "../x", "task": "qa", "file": "qa.jsonl"}"#, "is no name for a folder"),
            (#"{"name": "a/b", "task": "qa", "file": "qa.jsonl"}"#, "is no name for a folder"),
            (#"{"name": "", "task": "qa", "file": "qa.jsonl"}"#, "is no name for a folder"),
            (#"{"task": "qa", "file": "qa.jsonl"}"#, "set 1 of 1: the field \"name\" is missing"),
            (
                #"{"name": "x", "task": "qa", "file": "qa.jsonl"}, {"name": "x", "task": "qa", "file": "qa.jsonl"}"#,
                "two sets are called \"x\""
            ),
            ("", "with at least one set"),
            ("1", "with at least one set"),
        ])
    func brokenManifests(sets: String, message: String) throws {
        let error = #expect(throws: EvaluationError.self) { try manifest(sets) }
        #expect(error?.description.contains("board.json: ") == true)
        #expect(error?.description.contains(message) == true, "\(error.map(\.description) ?? "")")
    }

    @Test func noManifest() throws {
        let error = #expect(throws: EvaluationError.self) {
            try BoardManifest(folder: folder.path("none"), budget: 400)
        }
        #expect(error?.description.contains("none/board.json") == true)
        _ = try folder.write("sets: []", to: "board.json")
        #expect(throws: EvaluationError.self) { try BoardManifest(folder: folder.path(""), budget: 400) }
    }

    /// What only reading shows comes to light before a system is asked, too.
    @Test(
        "Broken files name their set",
        arguments: [
            ("qa.jsonl", "{}", "set 'q': "), ("essays/1.txt", " ", "set 'n': "), ("rows.txt", "Ann,1\n", "set 't': "),
            ("rows.txt", "Ann,1\nBob,3\n", "rows.txt:2: this row does not stand in"),
            ("questions.txt", "\nWhere?\n", "questions.txt:1: the line is blank"),
        ])
    func brokenFiles(name: String, text: String, message: String) throws {
        _ = try folder.write(text, to: name)
        let manifest = try manifest(
            """
            {"name": "q", "task": "qa", "file": "qa.jsonl"},
            {"name": "n", "task": "nih", "haystack": "essays", "lengths": [20]},
            {"name": "t", "task": "table", "file": "people.csv", "questions": "questions.txt", "rows": "rows.txt"}
            """)
        let file = try RandomModel().temporaryFile()
        let tokenizer = try TransformerModel.load(path: file.path).tokenizer
        let error = #expect(throws: EvaluationError.self) {
            try BoardRun(manifest, tokenizer: tokenizer) { _ in [] }
        }
        #expect(error?.description.contains(message) == true, "\(error.map(\.description) ?? "")")
    }
}
