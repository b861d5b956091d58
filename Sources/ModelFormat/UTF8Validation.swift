/// Whether bytes are well-formed UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF
/// (Unicode Standard, table 3-7).
func isValidUTF8(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var position = 0
    let count = bytes.count
    while position < count {
        // Most strings of a model file are ASCII: eight bytes at a time.
        if count - position >= 8,
            bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
        {
            position += 8
            continue
        }
        let lead = bytes[position]
        if lead < 0x80 {
            position += 1
            continue
        }
        // Two bytes: the marked spaces and letters of byte-level vocabularies.
        if lead & 0xE0 == 0xC0, lead >= 0xC2, count - position > 1, bytes[position + 1] & 0xC0 == 0x80 {
            position += 2
            continue
        }
        // Longer ones: the number of continuation bytes, and the range of the first of them.
        let continuations: Int
        var first: ClosedRange<UInt8> = 0x80...0xBF
        switch lead {
        case 0xE0: (continuations, first) = (2, 0xA0...0xBF)
        case 0xED: (continuations, first) = (2, 0x80...0x9F)
        case 0xE1...0xEF: continuations = 2
        case 0xF0: (continuations, first) = (3, 0x90...0xBF)
        case 0xF1...0xF3: continuations = 3
        case 0xF4: (continuations, first) = (3, 0x80...0x8F)
        default: return false
        }
        guard count - position > continuations, first.contains(bytes[position + 1]) else { return false }
        for index in stride(from: 2, through: continuations, by: 1) where bytes[position + index] & 0xC0 != 0x80 {
            return false
        }
        position += continuations + 1
    }
    return true
}
