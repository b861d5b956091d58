import Foundation
import Passages
import Testing

/// Sentences of many languages, with what makes their ends hard to find: abbreviations, initials, ordinals, quotes,
/// decimals.
@Suite struct SentenceLanguagesTests {
    private struct Paragraph: Decodable {
        let language: String
        let sentences: [String]

        /// Chinese and Japanese sentences stand without spaces.
        var text: String { sentences.joined(separator: language == "zh" || language == "ja" ? "" : " ") }
    }

    /// How many inner ends were found, found in error, and missed.
    private struct Ends {
        var right = 0
        var wrong = 0
        var missed = 0
        /// The harmonic mean of precision and recall.
        var accuracy: Double { Double(2 * right) / Double(max(1, 2 * right + wrong + missed)) }
    }

    /// Where sentences end that are followed by others, counted in what is no white space.
    private func ends(_ sentences: [String]) -> Set<Int> {
        var ends: Set<Int> = []
        var count = 0
        for sentence in sentences {
            count += sentence.unicodeScalars.count { !$0.properties.isWhitespace }
            ends.insert(count)
        }
        ends.remove(count)
        return ends
    }

    private func texts(_ text: String) -> [String] { Sentence.all(in: Array(text.utf8)).map(\.text) }

    @Test func sentencesEndWhereTheirWritersEndThem() throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Fixtures/sentences.jsonl")
        let paragraphs = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map {
            try JSONDecoder().decode(Paragraph.self, from: Data($0.utf8))
        }
        #expect(paragraphs.reduce(0) { $0 + $1.sentences.count } >= 300)
        var all = Ends()
        var byLanguage: [String: Ends] = [:]
        for paragraph in paragraphs {
            let expected = ends(paragraph.sentences)
            let found = ends(texts(paragraph.text))
            for path in [\Ends.right, \.wrong, \.missed] {
                let count =
                    path == \.right
                    ? found.intersection(expected).count
                    : (path == \.wrong ? found.subtracting(expected) : expected.subtracting(found)).count
                all[keyPath: path] += count
                byLanguage[paragraph.language, default: Ends()][keyPath: path] += count
            }
        }
        #expect(all.accuracy >= 0.985)
        for (language, ends) in byLanguage { #expect(ends.accuracy >= 0.93, "\(language): \(ends)") }
    }

    @Test(arguments: [
        // Stops of other scripts end wherever they stand, but not within numbers.
        ["猫は箱の中にいます．", "鍵は棚の上です．"], ["円周率は３．１４です．", "はい．"], ["まだ｡", "もう｡"], ["本当?", "はい!", "そう."],
        ["ቁልፉ ውስጥ ነው።", "የት?"], ["कहाँ?", "यहाँ।"], ["اين المفتاح؟", "هنا."],
        // Letters of any script.
        ["А. С. Пушкин и т. е. Пушкин жил.", "Ö. Ünal kam z. B. im Mai."], ["Он молчал... и ушёл.", "Ёлка."],
        ["Harrow v. Penrose won.", "See p. 12 there."], ["Am 3. Oktober war es.", "Er kam am 5. Mai."],
        ["Why‽", "Because…", "Never⸮", "Yes."], ["'s Avonds regent het.", "'t Is zo."],
        ["Où ? » dit-elle.", "« Là ! »", "Bon."], ["It fell.[12]", "Then it rose.", "**So it did.**", "Good."],
        ["Τι είναι;", "Τίποτα."], ["One; two; three.", "Four."],
    ])
    func endsInEveryScript(sentences: [String]) {
        let isSpaced = !(sentences[0].last.map { "．｡".contains($0) } ?? false) && !sentences[0].hasPrefix("本")
        #expect(texts(sentences.joined(separator: isSpaced ? " " : "")) == sentences)
    }

    @Test func thaiIsCutAtSpacesOnlyWhereSentencesAreLong() {
        let short = "กุญแจอยู่ในบ้าน แต่ไม่มีใครเห็น"
        #expect(texts(short) == [short])
        let clause = String(repeating: "กุญแจอยู่ในบ้าน", count: 5)
        #expect(texts([clause, clause, clause].joined(separator: " ")) == [clause, clause, clause])
        #expect(texts(clause + " 2563 " + clause).count == 1)
    }

    @Test func wrappedProseOfAnyScriptIsJoined() {
        let russian = """
            Когда мы приехали в деревню, дождь уже прошёл, и над рекой поднимался
            туман, который скрывал и старую мельницу, и дорогу, по которой мы только
            что ехали, так что Анна Сергеевна сказала, что дальше мы пойдём пешком.
            """
        #expect(texts(russian).count == 1)
        #expect(texts("• хлеб\n• молоко\n• сыр").count == 3)
        let chinese = "这座灯塔建于十九世纪末期，当时的工匠们从山上运来了石头，又用了三年的时间才把\n它建成，所以村里的老人们都很珍惜它。"
        #expect(texts(chinese).count == 1)
    }

    @Test func noCutIsInsideACharacter() throws {
        let family = "👩‍👩‍👧‍👦"
        let flags = "🇩🇪🇫🇷🇮🇹"
        let marks = "e\u{301}\u{323}"
        for unit in [family, flags, marks, "กำ", "각", "क्षि", "\r\n", "⁉️‍", "a"] {
            for longest in [5, 16, 30, 97] {
                var segmentation = Segmentation()
                segmentation.longestSentence = longest
                let text = String(repeating: unit, count: 60) + "."
                for blockSize in [7, .max] {
                    let found = try Sentence.all(
                        in: Array(text.utf8), segmentation: segmentation, blockSize: blockSize)
                    #expect(found.reduce(0) { $0 + $1.text.count } == text.filter { !$0.isWhitespace }.count)
                }
            }
        }
    }

    @Test func longSentencesAreCutBehindCommas() {
        var segmentation = Segmentation()
        segmentation.longestSentence = 60
        func cut(_ text: String) -> [String] {
            Sentence.all(in: Array(text.utf8), segmentation: segmentation).map(\.text)
        }
        #expect(
            cut("They looked in the hall and in the cellar, and behind the 1,000 books too") == [
                "They looked in the hall and in the cellar,", "and behind the 1,000 books too",
            ])
        #expect(cut("他们在大厅里和地下室里找了很久，在一千本书后面也找过了没有")[0] == "他们在大厅里和地下室里找了很久，")
    }
}
