import Foundation
import InfiniRetri
import TestSupport
import Testing

/// What stands before a passage where it is read by itself.
@Suite struct PassageContextTests {
    private func corpus(
        _ texts: [String], name: String = "text.txt", _ change: @escaping (inout RetrievalPlan) -> Void = { _ in }
    ) throws -> Corpus {
        let scripted = try ScriptedContext(change)
        return try Corpus(
            reading: texts.map { .text($0, name: name) }, context: scripted.context(for: [[1]]))
    }

    /// For each passage its beginning, and its context.
    private func contexts(_ corpus: Corpus) -> [(String, [String])] {
        corpus.passages.map { number in
            (String(corpus.passage(number)?.text.prefix(9) ?? ""), corpus.context(of: number).map(\.text))
        }
    }

    @Test func headingsStandBeforeAllThatIsUnderThem() throws {
        let text = """
            Preface.

            # House

            ## Rooms

            The hall.

            The attic.

            ## Garden

            The pond.

            # Boat

            The mast.
            """
        let found = contexts(try corpus([text, "Another text."]))
        #expect(
            found.map(\.0) == [
                "Preface.", "# House", "## Rooms", "The hall.", "The attic", "## Garden", "The pond.", "# Boat",
                "The mast.", "Another t",
            ])
        let (house, rooms, garden) = (["# House"], ["# House", "## Rooms"], ["# House", "## Garden"])
        #expect(found.map(\.1) == [[], [], house, rooms, rooms, house, garden, [], ["# Boat"], []])
    }

    @Test func theHeaderStandsBeforeEachRow() throws {
        let found = contexts(try corpus(["name,room\nAnna,12\nBela,13\n"], name: "people.csv"))
        #expect(found.map(\.0) == ["name,room", "Anna,12", "Bela,13"])
        #expect(found.map(\.1) == [[], ["name,room"], ["name,room"]])
    }

    @Test func whatGoesOnFromACutParagraphHasItsBeginning() throws {
        let text = "Mabel Arden was a pilot. " + String(repeating: "She flew far in that year. ", count: 9)
        let corpus = try corpus([text]) { $0.segmentation.longestPassage = 100 }
        let found = contexts(corpus)
        #expect(found.count > 2)
        #expect(found[0].1 == [])
        #expect(found.dropFirst().allSatisfy { $0.1 == ["Mabel Arden was a pilot."] })
        // Its name is among the words of each, and counts for no sentence.
        let scores = BM25([LexicalQuery("Mabel Arden")], over: corpus).scores(of: corpus)[0]
        #expect(scores.passages.allSatisfy { $0 > 0 })
        #expect(scores.sentences.count { $0 > 0 } == 1)
    }

    @Test func sessionsDateTheirTurns() throws {
        let text = "Date: 2024-05-03\n\nuser: Hello?\nassistant: Yes.\n\nDate: 2024-05-04\n\nuser: Again.\n"
        #expect(
            contexts(try corpus([text])).map(\.1) == [
                [], ["Date: 2024-05-03"], ["Date: 2024-05-03"], [], ["Date: 2024-05-04"],
            ])
    }

    @Test func aLongContextIsLeftOutFromTheTop() throws {
        let text = "# \(String(repeating: "long ", count: 12))\n\n## Short\n\nThe text.\n"
        #expect(contexts(try corpus([text])).last?.1 == ["## Short"])
        #expect(contexts(try corpus([text]) { $0.longestContext = 0 }).last?.1 == [])
    }

    /// What is read costs what it costs with its context, and a context that several share costs once.
    @Test func contextsAreInTheBudget() throws {
        let nine = try ScriptedContext().token("9")
        let rows = (10..<40).map { "r\($0),9\n" }.joined()
        for budget in [40, 60, 80] {
            let scripted = try ScriptedContext(scorer: ScriptedScorer { $1 == nine ? 1 : 0 }) { $0.budget = budget }
            let context = scripted.context(for: [[nine]])
            let corpus = try Corpus(reading: [.text("name,value\n" + rows, name: "a.csv")], context: context)
            let found = try Pipeline(context).evidence(from: corpus, stages: scripted.stages(context))[0].evidence
            let read = Passage.merged(found.map(\.passage), context: found.flatMap(\.context))
            #expect(read.first?.text == "name,value")
            #expect(read.count == found.count + 1)
            let cost = read.reduce(0) { $0 + $1.tokenCount + context.separator }
            #expect(cost <= budget && cost > budget - 12)
        }
    }
}
