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
            if window.document(ofPassage: passage) != document || window.startsPart(passage) {
                document = window.document(ofPassage: passage)
                (headings, header, opening) = ([], nil, nil)
            }
            let kinds = window.kinds(ofPassage: passage)
            // A heading leaves the ones that it does not stand under.
            if kinds.first == .heading { leave(upTo: level(0, of: passage, in: window)) }
            let isContinuation = !window.opensPassage(passage)
            if !isContinuation { opening = kinds.first == .heading ? nil : place(0) }
            var context = headings.map(\.place)
            if kinds.first == .tableRow { context += header.map { [$0] } ?? [] }
            if isContinuation { context += opening.map { [$0] } ?? [] }
            contexts.append(context)
            for (sentence, kind) in kinds.enumerated() {
                switch kind {
                case .heading:
                    let level = level(sentence, of: passage, in: window)
                    leave(upTo: level)
                    headings.append((level, place(sentence)))
                    header = nil
                case .tableHeader: header = place(sentence)
                case .tableRow: break
                default: header = nil
                }
            }
        }

        /// Headings of this level and below do not stand above what follows.
        private mutating func leave(upTo level: Int) { headings.removeAll { $0.level >= level } }

        private func level(_ sentence: Int, of passage: Int, in window: WindowBlock) -> Int {
            max(1, window.level(ofSentence: sentence, inPassage: passage))
        }
    }

    private mutating func append(_ context: [Place]) {
        if !context.isEmpty, contexts[contexts.count - 1] != context { contexts.append(context) }
        numbers.append(Int32(context.isEmpty ? 0 : contexts.count - 1))
    }
}
