import Documents
import KeyIndex

/// What a passage needs before it to be understood, and does not hold itself: the headings that it stands under, the header of its
/// table, and, where it continues a paragraph or a turn that was cut, the first sentence, which names the subject or the speaker.
///
/// Each is a sentence of the same document. Passages with the same context share it, so that most cost four bytes.
struct PassageContexts: Sendable {
    /// A sentence of the corpus.
    struct Place: Sendable, Hashable {
        var window: Int32
        var passage: Int32
        /// Its number in the passage.
        var sentence: Int32
    }

    /// Different contexts, in the order of reading.
    private var contexts: [[Place]] = [[]]
    /// By passage the number of its context.
    private var numbers: [Int32] = []

    /// The sentences before a passage, in the order of reading.
    subscript(_ passage: Int) -> [Place] { contexts[Int(numbers[passage])] }

    /// Follows documents from passage to passage.
    struct Builder {
        private(set) var contexts = PassageContexts()
        private var document: UInt32?
        private var headings: [(level: Int, place: Place)] = []
        private var header: Place?
        private var opening: Place?

        /// Takes the next passage in the order of reading.
        mutating func add(_ passage: Int, of window: WindowBlock, number: Int) {
            func place(_ sentence: Int) -> Place {
                Place(window: Int32(number), passage: Int32(passage), sentence: Int32(sentence))
            }
            let isNewDocument = window.document(ofPassage: passage) != document
            if isNewDocument {
                document = window.document(ofPassage: passage)
                (headings, header, opening) = ([], nil, nil)
            }
            let kinds = window.kinds(ofPassage: passage)
            // A heading leaves the ones that it does not stand under.
            if kinds.first == .heading {
                let level = Self.level(ofSentence: 0, passage, of: window)
                headings.removeAll { $0.level >= level }
            }
            let isContinuation = !window.opensPassage(passage)
            if !isContinuation { opening = kinds.first == .heading ? nil : place(0) }
            var context = headings.map(\.place)
            if kinds.first == .tableRow { context += header.map { [$0] } ?? [] }
            if isContinuation { context += opening.map { [$0] } ?? [] }
            contexts.append(context)
            if isNewDocument, kinds.first == .tableRow { header = place(0) }
            for sentence in kinds.indices where kinds[sentence] == .heading {
                let level = Self.level(ofSentence: sentence, passage, of: window)
                headings.removeAll { $0.level >= level }
                headings.append((level, place(sentence)))
            }
        }

        /// How many marks a heading begins with; 1 where it is marked in another way.
        private static func level(ofSentence sentence: Int, _ passage: Int, of window: WindowBlock) -> Int {
            var marks = 0
            var index = 0
            window.forEachSentence(ofPassage: passage) { text in
                if index == sentence {
                    marks = text.drop { $0 <= UInt8(ascii: " ") }.prefix { $0 == UInt8(ascii: "#") }.count
                }
                index += 1
            }
            return max(1, marks)
        }
    }

    private mutating func append(_ context: [Place]) {
        if !context.isEmpty, contexts[contexts.count - 1] != context { contexts.append(context) }
        numbers.append(Int32(context.isEmpty ? 0 : contexts.count - 1))
    }
}
