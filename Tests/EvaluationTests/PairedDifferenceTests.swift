import Evaluation
import Testing

@Suite("Paired differences on a board")
struct PairedDifferenceTests {
    /// A system that is better by the same everywhere is better for sure, however much questions differ.
    @Test func onlyDifferencesCount() throws {
        let theirs = Dictionary(uniqueKeysWithValues: (0..<20).map { ("\($0)", Double($0)) })
        let ours = theirs.mapValues { $0 + 2 }
        let difference = try #require(PairedDifference("f1", of: ours, minus: theirs))
        #expect(difference.metric == "f1")
        #expect(difference.mean == 2)
        #expect(difference.interval == [2, 2])
        #expect(difference.questions == 20)
    }

    @Test func questionsOfOneSystemAloneDoNotCount() throws {
        let difference = try #require(
            PairedDifference("m", of: ["a": 1, "b": 1, "c": 0], minus: ["b": 0, "c": 1, "d": 1]))
        #expect(difference.questions == 2)
        #expect(difference.mean == 0)
        #expect(difference.interval == [-1, 1])
        #expect(PairedDifference("m", of: ["a": 1], minus: ["b": 1]) == nil)
        #expect(PairedDifference("m", of: [:], minus: [:]) == nil)
    }

    /// Nine questions of forty are won, one is lost: the interval of the mean lies above 0 (0.2 ± 1.96 · 0.46 / √40).
    @Test func theIntervalIsThatOfTheMean() throws {
        let ours = Dictionary(uniqueKeysWithValues: (0..<40).map { ("\($0)", $0 < 9 ? 1.0 : 0) })
        let theirs = Dictionary(uniqueKeysWithValues: (0..<40).map { ("\($0)", $0 == 39 ? 1.0 : 0) })
        let difference = try #require(PairedDifference("m", of: ours, minus: theirs))
        #expect(abs(difference.mean - 0.2) < 1e-12)
        #expect(abs(difference.interval[0] - 0.05) < 0.03)
        #expect(abs(difference.interval[1] - 0.35) < 0.03)
    }
}
