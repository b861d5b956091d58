import KeyIndex
import Passages
import Tokenization

/// What questions are put to: the passages of documents or of an index, by their numbers in the order of reading.
///
/// The text stays in a file, which is mapped; a passage costs a few bytes of memory, and some for each question.
package struct Corpus: Sendable {
    /// Stretches of text that the model reads at once.
    package let windows: [WindowBlock]
    /// Tokens of all passages.
    package let tokenCount: Int
    /// By passage.
    private let places: [Place]
    /// Number of sentences.
    package let sentenceCount: Int
    private let contexts: PassageContexts
    /// Tokens of a passage's context at most.
    private let longestContext: Int
    /// By document.
    private let names: [UInt32: String]

    private struct Place {
        var window: Int32
        /// Number in the window.
        var passage: Int32
        /// Sentences of the corpus before it.
        var firstSentence: Int32
    }

    /// - Parameters:
    ///   - isSearched: Whether the passages of a document belong to the corpus.
    ///   - names: The names that evidence carries of documents.
    ///   - longestContext: Tokens that stand before a passage at most where it is read by itself.
    init(
        windows: [WindowBlock], names: [UInt32: String], longestContext: Int,
        isSearched: (UInt32) -> Bool = { _ in true }
    ) {
        self.windows = windows
        self.names = names
        self.longestContext = longestContext
        var contexts = PassageContexts.Builder()
        var (places, tokens, sentences) = ([Place](), 0, 0)
        for (number, window) in windows.enumerated() {
            for passage in window.passages.indices where isSearched(window.document(ofPassage: passage)) {
                places.append(
                    Place(window: Int32(number), passage: Int32(passage), firstSentence: Int32(sentences)))
                contexts.add(passage, of: window, number: number)
                tokens += window.tokens(ofPassage: passage).count
                sentences += window.passages[passage].count
            }
        }
        self.contexts = contexts.contexts
        self.places = places
        tokenCount = tokens
        sentenceCount = sentences
    }

    /// The passages' numbers.
    package var passages: Range<Int> { places.indices }

    /// The numbers of a passage's sentences, among those of all passages.
    package func sentences(of passage: Int) -> Range<Int> {
        let next = passage + 1
        return Int(
            places[passage].firstSentence)..<(next < places.count ? Int(places[next].firstSentence) : sentenceCount)
    }

    /// The window that a passage stands in, and its number there.
    package func place(of passage: Int) -> (window: Int, passage: Int) {
        (Int(places[passage].window), Int(places[passage].passage))
    }

    /// A passage. Nil only where a file was damaged while it was in use.
    package func passage(_ number: Int) -> Passage? {
        let place = place(of: number)
        return windows[place.window].passage(place.passage)
    }

    /// What stands before a passage where it is read by itself: its headings, its table's header, the sentence that it goes on from;
    /// from the last one back, as many as the plan allows.
    package func context(of number: Int) -> [Passage] {
        var context: [Passage] = []
        var left = longestContext
        for place in contexts[number].reversed() {
            let passage = windows[Int(place.window)].passage(Int(place.passage))
            guard let sentence = passage?.keeping([Int(place.sentence)]).first, sentence.tokenCount <= left else {
                break
            }
            left -= sentence.tokenCount
            context.insert(sentence, at: 0)
        }
        return context
    }

    /// The numbers of the passages that a condition holds for.
    package func passages(where condition: (Passage) -> Bool) -> [Int] {
        passages.filter { passage($0).map(condition) ?? false }
    }

    /// The token ids of a passage, as they stand in the file.
    package func tokens(of passage: Int) -> [TokenID] {
        let place = place(of: passage)
        let window = windows[place.window]
        return window.tokens(ofPassage: place.passage).map(window.token)
    }

    /// Calls `body` with the UTF-8 text of each sentence of a passage.
    package func forEachSentence(of passage: Int, _ body: (UnsafeRawBufferPointer) -> Void) {
        let place = place(of: passage)
        windows[place.window].forEachSentence(ofPassage: place.passage, body)
    }

    /// Calls `body` with the UTF-8 text of each sentence of a passage's context.
    package func forEachSentence(ofContextOf passage: Int, _ body: (UnsafeRawBufferPointer) -> Void) {
        for place in contexts[passage] where longestContext > 0 {
            var index = 0
            windows[Int(place.window)].forEachSentence(ofPassage: Int(place.passage)) { text in
                if index == place.sentence { body(text) }
                index += 1
            }
        }
    }

    /// Calls `body` with the passages of each window.
    /// - Parameter report: Gets how far reading has come.
    func forEachWindow(_ report: (ReadingProgress) -> Void, _ body: ([Passage]) throws -> Void) throws {
        var progress = ReadingProgress(totalTokens: tokenCount)
        let start = ContinuousClock.now
        for window in windows {
            try Task.checkCancellation()
            let passages = window.passages.indices.compactMap(window.passage)
            try body(passages)
            progress.windows += 1
            progress.documentTokens += passages.reduce(0) { $0 + $1.tokenCount }
            progress.seconds = (ContinuousClock.now - start) / .seconds(1)
            report(progress)
        }
    }

    /// The name that evidence carries of a document.
    package func name(ofDocument document: Int) -> String { names[UInt32(truncatingIfNeeded: document)] ?? "" }
}
