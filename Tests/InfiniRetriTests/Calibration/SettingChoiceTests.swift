import Foundation
import InfiniRetri
import TestSupport
import Testing
import Transformer

/// Choosing settings from attention that is made up so that one value is truly better, or none.
@Suite struct SettingChoiceTests {
    private let standard = RetrievalProfile.unmeasured

    private func setting(_ name: String) throws -> ProfileSetting {
        try #require(ProfileSetting.ofAttention.first { $0.name == name })
    }

    /// Texts of attention by chance, changed by `plant`, with what the choice among a setting's values makes of them.
    private func choose(
        _ name: String, from start: RetrievalProfile = .unmeasured, seed: UInt64 = 1, texts: Int = 12,
        plant: (_ row: Int, _ sentence: Int, _ token: Int) -> Float
    ) throws -> (RetrievalProfile, Calibration.Setting) {
        var random = SeededGenerator(seed: seed)
        let recorded = (0..<texts).map { _ in
            MadeUpText(paragraphs: 40, sentences: 3, tokens: 12, questions: 8, using: &random, plant: plant).recorded
        }
        var profile = start
        let found = SettingChoice.choose(try setting(name), of: &profile) { variant in
            recorded.map { $0.tokensToAnswer(variant) }
        }
        return (profile, found)
    }

    private var unfiltered: RetrievalProfile {
        var profile = standard
        profile.phraseWidth = 1
        return profile
    }

    /// One token of the answer stands out.
    private func spike(row: Int, sentence: Int, token: Int) -> Float { sentence == 1 && token == 6 ? 0.6 : 0 }

    @Test func aNarrowSignalWantsFewTokens() throws {
        // The mean of twenty drowns it.
        let (profile, found) = try choose("selection", from: unfiltered, plant: spike)
        #expect(profile.selection == .bestUnits(tokensPerUnit: 1))
        #expect(found.chosen == "best 1" && found.best == "best 1")
        #expect(found.saving > 2 * found.standardError)
        #expect(found.values.map(\.value) == ["best 20", "best 1", "best 5", "best 10", "best 40", "best 80"])
        #expect(found.values[0].tokens > 1.5 * found.values[1].tokens)
    }

    @Test func aSignalInOneSentenceWantsSentences() throws {
        let (profile, found) = try choose("unit") { _, sentence, _ in sentence == 1 ? 3 : 0 }
        #expect(profile.unit == .sentence)
        #expect(found.chosen == "sentence")
        // Nothing else has changed.
        var expected = standard
        expected.unit = .sentence
        #expect(profile == expected)
    }

    @Test func aSignalAllOverTheParagraphWantsParagraphs() throws {
        var sentences = standard
        sentences.unit = .sentence
        let (profile, found) = try choose("unit", from: sentences) { _, _, _ in 0.06 }
        #expect(profile == standard)
        #expect(found.chosen == "paragraph")
    }

    @Test func rowsThatAreNotRareButPayAttentionToThemselvesCount() throws {
        // The last row alone sees the answer; its token is in every passage, so that rarity gives it next to nothing.
        let (profile, found) = try choose("queryWeights") { row, _, _ in row == MadeUpText.rows - 1 ? 1.5 : 0 }
        #expect(profile.queryWeights != .rarity)
        #expect(found.values.first?.value == "rarity")
    }

    @Test func aSmoothSignalWantsAWideFilter() throws {
        var narrow = unfiltered
        narrow.selection = .bestUnits(tokensPerUnit: 1)
        let (profile, found) = try choose("phraseWidth", from: narrow) { _, sentence, _ in sentence == 1 ? 0.15 : 0 }
        #expect(profile.phraseWidth >= 8)
        #expect(found.chosen == "\(profile.phraseWidth)")
    }

    @Test(arguments: ["unit", "selection", "queryWeights", "phraseWidth"])
    func noiseKeepsWhatIsThere(name: String) throws {
        for seed in 10..<14 as Range<UInt64> {
            let (profile, found) = try choose(name, seed: seed) { _, _, _ in 0 }
            #expect(profile == standard, "\(found)")
            #expect(found.chosen == found.values[0].value)
        }
    }

    @Test func theSameSeedChoosesTheSame() throws {
        let one = try choose("selection", seed: 5) { _, sentence, _ in sentence == 0 ? 0.5 : 0 }
        let other = try choose("selection", seed: 5) { _, sentence, _ in sentence == 0 ? 0.5 : 0 }
        #expect(one.0 == other.0)
        #expect(one.1 == other.1)
    }

    @Test func oneHalfAloneProvesNothing() throws {
        // Two texts are all of the half that values are chosen with: nothing is left to prove them.
        let (profile, found) = try choose("selection", from: unfiltered, texts: 2, plant: spike)
        #expect(profile == unfiltered)
        #expect(found.best != found.chosen)
        #expect(found.saving == 0)
    }

    @Test func savingsOfTheChoosingHalfAloneAreNotBelieved() throws {
        var profile = standard
        // Texts 0, 1, 6 and 7 are chosen with, 2 to 5 prove.
        let found = SettingChoice.choose(try setting("phraseWidth"), of: &profile) { variant in
            (0..<8).map { text in
                let isLucky = variant.phraseWidth == 3 && [0, 1, 6, 7].contains(text)
                return (0..<10).map { _ in isLucky ? 50 : 100 }
            }
        }
        #expect(found.best == "3")
        #expect(found.chosen == "8")
        #expect(profile == standard)
    }

    @Test func triflesAreNotTaken() throws {
        var profile = standard
        let found = SettingChoice.choose(try setting("phraseWidth"), of: &profile) { variant in
            (0..<8).map { _ in (0..<10).map { _ in variant.phraseWidth == 3 ? 980 : 1_000 } }
        }
        #expect(found.best == "3")
        #expect(profile == standard)
    }
}
