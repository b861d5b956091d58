import Foundation
import InfiniRetri
import TestSupport
import Testing
import Transformer

@Suite struct SyntheticDocumentTests {
    /// Words of grammar, which questions and sentences may share.
    private static let grammar: Set<String> = [
        "a", "after", "an", "and", "are", "at", "because", "by", "did", "do", "does", "for", "from", "has", "have",
        "her",
        "his",
        "how", "in", "is", "it", "its", "made", "of", "on", "or", "over", "that", "the", "their", "there", "they", "to",
        "was", "were", "what", "when", "where", "which", "who", "whose", "with", "she", "he", "him", "s", "year",
        "name",
        "part", "up", "most", "many", "much", "more", "one", "can", "be", "into", "out",
    ]

    private func words(_ text: String) -> Set<String> {
        Set(text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init))
    }

    @Test func theSameSeedGivesTheSameDocuments() {
        var one = SyntheticDocumentGenerator(seed: 5)
        var same = SyntheticDocumentGenerator(seed: 5)
        var other = SyntheticDocumentGenerator(seed: 6)
        let first = one.next()
        #expect(first == same.next())
        #expect(one.next() == same.next())
        #expect(first != one.next())
        #expect(first != other.next())
    }

    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func answersStandInOneSentenceAlone(seed: UInt64) throws {
        var generator = SyntheticDocumentGenerator(seed: seed)
        let document = generator.next()
        #expect(document.questions.count == 12)
        #expect(Set(document.questions.map(\.text)).count == 12)
        let bytes = Array(document.text.utf8)
        for question in document.questions {
            let sentence = String(decoding: bytes[question.byteRange], as: UTF8.self)
            #expect(sentence.contains(question.answer))
            #expect(sentence.hasSuffix("."))
            #expect(document.text.ranges(of: question.answer).count == 1)
            #expect(!question.text.contains(question.answer))
        }
        #expect(!document.text.contains("{"))
        #expect(!document.questions.contains { $0.text.contains("{") })
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func questionsUseOtherWordsThanTheSentence(seed: UInt64) throws {
        var generator = SyntheticDocumentGenerator(seed: seed)
        let document = generator.next()
        let bytes = Array(document.text.utf8)
        for question in document.questions {
            let sentence = String(decoding: bytes[question.byteRange], as: UTF8.self)
            // A thing's name is written with capitals or stands in most of the text's sentences about it.
            let names = Set(
                sentence.split { !$0.isLetter && !$0.isNumber }.filter { $0.first?.isUppercase == true }
                    .map { $0.lowercased() })
            let shared = words(question.text).intersection(words(sentence)).subtracting(Self.grammar)
                .subtracting(names)
            #expect(shared.isEmpty, "\(shared.sorted()): \(question.text) \(sentence)")
        }
    }

    @Test(arguments: SubjectKind.all.indices)
    func descriptionsUseOtherWordsThanWhatTheyDescribe(kind: Int) {
        for opening in SubjectKind.all[kind].openings {
            let shared = words(opening.text).intersection(words(opening.paraphrase)).subtracting(Self.grammar)
            #expect(shared.isEmpty, "\(shared.sorted()): \(opening.text)")
            #expect(opening.text.contains("{name}"))
        }
        #expect(Set(SubjectKind.all[kind].openings.map(\.paraphrase)).count >= 3)
    }

    @Test(arguments: SubjectKind.all.indices)
    func distractorsUseTheWordsOfQuestions(kind: Int) {
        for fact in SubjectKind.all[kind].facts {
            #expect(fact.plainStatement.contains("{name}") && fact.plainStatement.contains("{value}"))
            let asked = Set(fact.questions.flatMap { words($0) }).subtracting(Self.grammar)
            #expect(!asked.isDisjoint(with: words(fact.plainStatement)), "\(fact.plainStatement)")
        }
        #expect(SubjectKind.all[kind].mentions.allSatisfy { $0.contains("{name}") })
    }

    @Test func everyOtherDocumentHasLures() {
        var generator = SyntheticDocumentGenerator(seed: 4)
        let paraphrases = SubjectKind.all.flatMap { $0.openings.map(\.paraphrase) }.map { $0.lowercased() }
        func described(_ document: SyntheticDocument) -> Int {
            document.questions.count { question in paraphrases.contains { question.text.lowercased().contains($0) } }
        }
        var count = 0
        for _ in 0..<4 {
            #expect(described(generator.next()) == 0)
            count += described(generator.next())
        }
        #expect((4...30).contains(count))
    }

    @Test func documentsAreOfTheLengthThatTheyClaim() {
        var generator = SyntheticDocumentGenerator(seed: 3)
        for _ in 0..<5 {
            let paragraphs = generator.next().text.components(separatedBy: "\n\n")
            #expect((30...52).contains(paragraphs.count))
            #expect(paragraphs.allSatisfy { (60...800).contains($0.utf8.count) })
        }
    }
}
