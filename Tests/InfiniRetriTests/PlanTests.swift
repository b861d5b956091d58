import Foundation
import InfiniRetri
import Testing

@Suite struct PlanTests {
    private func plan(_ json: String) throws -> RetrievalPlan { try RetrievalPlan(json: Data(json.utf8)) }

    @Test func whatAFileLeavesOutHasItsDefault() throws {
        #expect(try plan("{}") == .standard)
        var expected = RetrievalPlan.standard
        expected.budget = 900
        expected.selection.leastShareOfBest = 0.5
        expected.stages = [.keys, .lexical]
        let json = #"{"budget": 900, "selection": {"leastShareOfBest": 0.5}, "stages": ["keys", "lexical"]}"#
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
        (#"{"selection": {"leastShareOfBest": 7}}"#, "between 0 and 1"), (#"{"order": "up"}"#, "order"),
        (#"{"reranking": [{"by": "attention", "tokens": 10}, {"by": "likelihood", "tokens": 20}]}"#, "fewer tokens"),
        (#"{"heldCandidates": 1e300}"#, "heldCandidates"), (#"{"budget": 9223372036854775807}"#, "tokens"),
        (#"{"segmentation": {"lines": {"widest": -1}}}"#, "widest"), (#"{"window": 9223372036854775807}"#, "tokens"),
        (#"{"stages": ["windows", "lexical"]}"#, "keys"), (#"{"order": "fold", "stages": ["keys"]}"#, "fold"),
    ])
    func aWrongFileIsRefusedWithTheReason(json: String, reason: String) {
        do {
            _ = try plan(json)
            Issue.record("taken: \(json)")
        } catch {
            #expect("\(error)".contains(reason), "\(error)")
        }
    }

    private func steps(_ plan: RetrievalPlan, _ stages: [RetrievalPlan.Stage], _ documentTokens: Int) -> [Int] {
        plan.steps(behind: stages, documentTokens: documentTokens).map(\.tokens)
    }

    @Test func roundsGrowWithTheText() {
        var plan = RetrievalPlan.standard
        plan.window = 1_500
        // One window has compared everything; a round must not read more than an eighth of a text again.
        #expect(steps(plan, [.windows], 1_500) == [1_000])
        #expect(steps(plan, [.windows], 25_599) == [1_000])
        #expect(steps(plan, [.windows], 25_600) == [3_200, 1_000])
        // Where nothing reranks behind it, the last round stays.
        plan.reranking = [.init(by: .attention, tokens: 3_200), .init(by: .attention, tokens: 1_000)]
        #expect(steps(plan, [.windows], 1_501) == [1_000])
        #expect(steps(plan, [.windows], 1_500).isEmpty)
        #expect(steps(plan, [.windows], 100_000) == [3_200, 1_000])
    }

    @Test func roundsBehindKeysAreLarger() {
        var plan = RetrievalPlan.standard
        plan.window = 1_500
        #expect(steps(plan, [.keys], 1_000) == [3_200, 1_000])
        #expect(steps(plan, [.keys], 80_000) == [5_000, 1_000])
        #expect(steps(plan, [.keys], 1_000_000) == [6_400, 1_000])
        // Words tell passages apart, so that fewer need to be read again.
        #expect(steps(plan, [.keys, .lexical], 1_000_000) == [3_200, 1_000])
        #expect(plan.candidateTokens(behind: [.keys], documentTokens: 1_000_000) == 6_400)
        #expect(plan.candidateTokens(behind: [.windows], documentTokens: nil) == 3_200)
    }

    @Test func theBudgetDecidesNoStep() {
        for budget in [16, 400, 1_000, 3_200, 10_000] {
            var plan = RetrievalPlan.standard
            plan.budget = budget
            #expect(steps(plan, [.windows], 100_000) == [3_200, 1_000])
            #expect(plan.candidateTokens(behind: [.windows], documentTokens: nil) == 3_200)
        }
    }
}
