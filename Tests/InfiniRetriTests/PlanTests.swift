import Foundation
import InfiniRetri
import Testing

@Suite struct PlanTests {
    private func plan(_ json: String) throws -> RetrievalPlan { try RetrievalPlan(json: Data(json.utf8)) }

    @Test func whatAFileLeavesOutHasItsDefault() throws {
        #expect(try plan("{}") == .standard)
        var expected = RetrievalPlan.standard
        expected.budget = 900
        expected.selection.wholeTokens = 90
        expected.stages = [.keys, .lexical]
        let json = #"{"budget": 900, "selection": {"wholeTokens": 90}, "stages": ["keys", "lexical"]}"#
        #expect(try plan(json) == expected)
    }

    @Test func everyPlanCanBeWrittenAndReadAgain() throws {
        for plan in [RetrievalPlan.standard, .paper] {
            #expect(try RetrievalPlan(json: JSONEncoder().encode(plan)) == plan)
        }
    }

    @Test(arguments: [
        (#"{"budgett": 400}"#, "budgett"), (#"{"hops": {"many": 1}}"#, "hops.many"), ("[]", "JSON object"),
        ("no json", "JSON"), (#"{"budget": "many"}"#, "budget"), (#"{"budget": 3}"#, "16 or more"),
        (#"{"context": {"questionShare": 7}}"#, "at most 1"), (#"{"order": "up"}"#, "order"),
        (#"{"reranking": [{"by": "likelihood", "passages": 0}]}"#, "passages"),
        (#"{"candidates": 9223372036854775807}"#, "passages"), (#"{"budget": 9223372036854775807}"#, "tokens"),
        (#"{"segmentation": {"lines": {"widest": -1}}}"#, "widest"), (#"{"window": 9223372036854775807}"#, "tokens"),
        (#"{"stages": ["windows", "keys"]}"#, "keys"), (#"{"stages": []}"#, "stages"),
        (#"{"order": "fold", "stages": ["keys"]}"#, "fold"),
    ])
    func aWrongFileIsRefusedWithTheReason(json: String, reason: String) {
        do {
            _ = try plan(json)
            Issue.record("taken: \(json)")
        } catch {
            #expect("\(error)".contains(reason), "\(error)")
        }
    }
}
