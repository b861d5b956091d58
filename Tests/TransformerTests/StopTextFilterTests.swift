import Testing
import Transformer

@Suite struct StopTextFilterTests {
    /// What comes out when `text` is pushed character by character, and whether it was stopped.
    private func run(_ text: String, stops: [String]) -> (shown: String, stopped: Bool) {
        var filter = StopTextFilter(stops)
        var shown = ""
        for character in text { shown += filter.push(String(character)) }
        let stopped = filter.isStopped
        return (shown + filter.finish(), stopped)
    }

    @Test(
        arguments: [
            ("abcSTOPdef", ["STOP"], "abc", true),
            ("abcSTOdef", ["STOP"], "abcSTOdef", false),
            ("abcSSTOPx", ["STOP"], "abcS", true),
            ("ababac!", ["abac"], "ab", true),
            ("one\n\ntwo", ["\n\n"], "one", true),
            ("one\ntwo\n", ["\n\n"], "one\ntwo\n", false),
            ("x</s> y", ["<|end|>", "</s>"], "x", true),
            ("naïve café", ["é"], "naïve caf", true),
            ("nothing", [], "nothing", false),
            ("nothing", [""], "nothing", false),
            ("STOP", ["STOP"], "", true),
            ("ends with STO", ["STOP"], "ends with STO", false),
        ] as [(String, [String], String, Bool)])
    func characterByCharacter(text: String, stops: [String], shown: String, stopped: Bool) {
        let result = run(text, stops: stops)
        #expect(result.shown == shown)
        #expect(result.stopped == stopped)
    }

    @Test func holdsBackOnlyWhatMayStop() {
        var filter = StopTextFilter(["STOP"])
        #expect(filter.push("abcST") == "abc")
        #expect(filter.push("x") == "STx")
        #expect(filter.push("yS") == "y")
        #expect(filter.push("TOP and more") == "")
        #expect(filter.isStopped)
        #expect(filter.push("more") == "")
        #expect(filter.finish() == "")
    }

    @Test func theFirstOfSeveralCounts() {
        var filter = StopTextFilter(["two", "one"])
        #expect(filter.push("zero one two") == "zero ")
        #expect(filter.isStopped)
    }
}
