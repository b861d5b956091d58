/// A small byte-level BPE vocabulary: token b is byte b, then the results of a few merges, then the control tokens, then
/// unused tokens up to the size asked for.
package struct TinyVocabulary {
    package let tokens: [String]
    /// GGUF token types: 1 normal, 3 control, 5 unused.
    package let types: [Int32]
    package let merges: [String]
    package let endOfText: Int
    package let turnStart: Int
    package let turnEnd: Int

    /// The least possible size.
    package static let smallestSize = 256 + mergePairs.count + 3

    private static let mergePairs = [
        ("\u{120}", "t"), ("h", "e"), ("\u{120}t", "he"), ("i", "n"), ("e", "r"), ("\u{120}", "a"), ("n", "d"),
        ("\u{120}a", "nd"), ("in", "g"), ("\u{120}", "\u{120}"),
    ]

    package init(size: Int = smallestSize) {
        precondition(size >= Self.smallestSize, "a vocabulary has at least \(Self.smallestSize) tokens")
        var tokens = (UInt8.min...UInt8.max).map { String(Self.character(of: $0)) }
        tokens += Self.mergePairs.map { $0.0 + $0.1 }
        var types = [Int32](repeating: 1, count: tokens.count)
        endOfText = tokens.count
        turnStart = endOfText + 1
        turnEnd = endOfText + 2
        tokens += ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
        types += [3, 3, 3]
        while tokens.count < size {
            tokens.append("[unused \(tokens.count)]")
            types.append(5)
        }
        self.tokens = tokens
        self.types = types
        merges = Self.mergePairs.map { "\($0.0) \($0.1)" }
    }

    /// The visible character that stands for a byte in a byte-level vocabulary: printable Latin-1 characters stand for
    /// themselves, the others are numbered from U+0100.
    static func character(of byte: UInt8) -> Character {
        func standsForItself(_ byte: UInt8) -> Bool {
            (0x21...0x7E).contains(byte) || (0xA1...0xAC).contains(byte) || byte >= 0xAE
        }
        if standsForItself(byte) { return Character(Unicode.Scalar(byte)) }
        let rank = (0..<byte).count { !standsForItself($0) }
        return Unicode.Scalar(UInt32(0x100 + rank)).map(Character.init) ?? " "
    }

    /// A ChatML template in the words of real model files.
    package static let chatTemplate = """
        {% for message in messages %}{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n'}}\
        {% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}
        """
}
