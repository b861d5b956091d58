import Documents
import Passages
import Tokenization
import Transformer

/// Stretches of a user's texts with invented facts planted between their sentences.
struct PlantedFacts {
    /// Tokens of a stretch, without what is planted.
    private static let stretchTokens = 2_400
    private static let factsPerStretch = 12

    private var random: SplitMix64
    private var generator: SyntheticDocumentGenerator
    /// Stretches of the texts, as sentences.
    private var stretches: [[Passage]]
    private var nextStretch = 0

    /// Takes stretches from all over the texts; memory is bounded by their number, not by the texts.
    init(_ texts: [Document], stretches count: Int, seed: UInt64, tokenizer: Tokenizer) throws {
        random = SplitMix64(seed: ~seed)
        generator = SyntheticDocumentGenerator(seed: seed &+ 1)
        var reader = PassageReader(texts, unit: .sentence, tokenizer: tokenizer)
        stretches = []
        var seen = 0
        var current: [Passage] = []
        var tokens = 0
        // Reservoir sampling (Vitter 1985): each stretch has the same chance to be among those kept.
        func end(_ random: inout SplitMix64, _ stretches: inout [[Passage]]) {
            guard !current.isEmpty else { return }
            seen += 1
            if stretches.count < count {
                stretches.append(current)
            } else {
                let place = Int.random(in: 0..<seen, using: &random)
                if place < count { stretches[place] = current }
            }
            current = []
            tokens = 0
        }
        while let passage = try reader.next() {
            current.append(passage)
            tokens += passage.tokenCount
            if tokens >= Self.stretchTokens { end(&random, &stretches) }
        }
        // A last short piece is worth reading only where there is nothing else.
        if stretches.isEmpty { end(&random, &stretches) }
        guard !stretches.isEmpty else { throw DocumentError.empty }
    }

    mutating func next() -> SyntheticDocument {
        let stretch = stretches[nextStretch % stretches.count]
        nextStretch += 1
        let facts = generator.plants(min(Self.factsPerStretch, stretch.count))
        let places = Array(stretch.indices.shuffled(using: &random).prefix(facts.count))
        let planted = Dictionary(zip(places, facts)) { first, _ in first }
        var text = ""
        var questions: [SyntheticDocument.Question] = []
        for (index, sentence) in stretch.enumerated() {
            if index > 0 { text += separator(before: sentence) }
            text += sentence.text
            guard let fact = planted[index] else { continue }
            text += " "
            let start = text.utf8.count
            text += fact.text
            var question = fact.question
            question.byteRange = start + question.byteRange.lowerBound..<start + question.byteRange.upperBound
            questions.append(question)
        }
        // An answer that the text itself holds too tells nothing.
        questions.removeAll { text.ranges(of: $0.answer).count != 1 }
        return SyntheticDocument(text: text, questions: questions)
    }

    private func separator(before sentence: Passage) -> String {
        let first = sentence.sentences[0].sentence
        if first.startsParagraph { return "\n\n" }
        let space = String(decoding: first.leadingSpace, as: UTF8.self)
        return space.isEmpty ? " " : space
    }
}
