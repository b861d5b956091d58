/// GPT-2's alphabet: every byte has a printable character, by which byte-level vocabularies are written down.
///
/// Printable bytes of Latin-1 stand for themselves; the others are numbered from U+0100 in order. Source: the `bytes_to_unicode`
/// table of "Language Models are Unsupervised Multitask Learners" (GPT-2).
enum ByteAlphabet {
    /// The byte of each scalar below U+0144; 256 where a scalar is not in the alphabet.
    private static let bytes: [UInt16] = {
        var table = [UInt16](repeating: 256, count: 0x144)
        var next = 0x100
        for byte in 0..<256 {
            let isPrintable =
                (0x21...0x7E).contains(byte) || (0xA1...0xAC).contains(byte) || (0xAE...0xFF).contains(byte)
            if isPrintable {
                table[byte] = UInt16(byte)
            } else {
                table[next] = UInt16(byte)
                next += 1
            }
        }
        return table
    }()

    /// Appends the bytes that a text in the alphabet stands for. If a character is not of the alphabet, appends nothing and
    /// gives false.
    static func decode(_ text: UnsafeBufferPointer<UInt8>, into output: inout [UInt8]) -> Bool {
        let before = output.count
        let isOfAlphabet = bytes.withUnsafeBufferPointer { bytes in
            var position = 0
            while position < text.count {
                var scalar = Int(text[position])
                position += 1
                if scalar >= 0x80 {
                    // The alphabet's other characters take two bytes.
                    guard scalar & 0xE0 == 0xC0, position < text.count else { return false }
                    scalar = (scalar & 0x1F) << 6 | Int(text[position] & 0x3F)
                    position += 1
                }
                guard scalar < bytes.count, bytes[scalar] < 256 else { return false }
                output.append(UInt8(truncatingIfNeeded: bytes[scalar]))
            }
            return true
        }
        if !isOfAlphabet { output.removeSubrange(before...) }
        return isOfAlphabet
    }
}
