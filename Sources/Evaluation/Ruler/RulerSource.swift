import Tokenization
import Transformer

/// What RULER's texts are made of.
public struct RulerSource: Sendable {
    /// Texts shorter than this have no room for needles.
    static let shortestLength = 512
    /// RULER's noise: the same line again and again.
    static let noise = "The grass is green. The sky is blue. The sun is yellow. Here we go. There and back again."

    /// What the record says.
    let name: String
    /// Essays without line breaks.
    let essays: Haystack?
    let tokenizer: Tokenizer

    /// - Parameters:
    ///   - folder: A folder of `.txt` files for the tasks that hide needles in essays.
    ///   - tokenizer: The model's own: lengths are counted in its tokens.
    /// - Throws: `EvaluationError` when the folder cannot be read or holds no text.
    public init(folder: String?, tokenizer: Tokenizer) throws {
        name = folder ?? "none"
        essays = try folder.map { try Haystack(folder: $0, joiningLines: true, tokenizer: tokenizer) }
        self.tokenizer = tokenizer
    }

    func tokens(of text: String) -> Int { tokenizer.encode(text).count }

    /// As many lines of noise as fit `length` tokens beside `hidden`, which are put between them at places drawn by chance.
    /// - Parameter inOrder: Whether they keep their order.
    func noise(length: Int, hiding hidden: [String], inOrder: Bool, using generator: inout SplitMix64) -> String {
        let room = length - hidden.reduce(0) { $0 + tokens(of: $1 + "\n") }
        let count = max(hidden.count, room / tokens(of: Self.noise + "\n"))
        let lines = [String](repeating: Self.noise, count: count)
        return Self.lines(lines, hiding: inOrder ? hidden : hidden.shuffled(using: &generator), using: &generator)
    }

    /// Lines with others put before some of them, at different places.
    static func lines(_ lines: [String], hiding hidden: [String], using generator: inout SplitMix64) -> String {
        let places = Array(lines.indices).shuffled(using: &generator).prefix(hidden.count).sorted()
        var all: [String] = []
        all.reserveCapacity(lines.count + hidden.count)
        var next = 0
        for (index, line) in lines.enumerated() {
            if next < places.count, places[next] == index {
                all.append(hidden[next])
                next += 1
            }
            all.append(line)
        }
        return all.joined(separator: "\n")
    }
}
