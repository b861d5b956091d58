/// The scalar that begins at a pointer to well-formed UTF-8, and its length in bytes.
@inline(__always)
func decodedScalar(_ bytes: UnsafePointer<UInt8>) -> (value: UInt32, length: Int) {
    let lead = UInt32(bytes[0])
    if lead < 0x80 { return (lead, 1) }
    let second = UInt32(bytes[1] & 0x3F)
    if lead < 0xE0 { return ((lead & 0x1F) << 6 | second, 2) }
    let third = UInt32(bytes[2] & 0x3F)
    if lead < 0xF0 { return ((lead & 0x0F) << 12 | second << 6 | third, 3) }
    return ((lead & 0x07) << 18 | second << 12 | third << 6 | UInt32(bytes[3] & 0x3F), 4)
}

/// What stands at a position of bytes that may not be UTF-8.
enum UTF8Sequence {
    /// A scalar, of a length in bytes.
    case scalar(UInt32, length: Int)
    /// A maximal subpart of an ill-formed sequence (Unicode Standard, section 3.9): one replacement character.
    case invalid(length: Int)
    /// The beginning of a sequence; the bytes end in it.
    case incomplete

    /// What begins at `position`.
    @inline(__always)
    init(_ bytes: UnsafeBufferPointer<UInt8>, at position: Int) {
        let lead = bytes[position]
        if lead < 0x80 {
            self = .scalar(UInt32(lead), length: 1)
            return
        }
        // Unicode Standard, table 3-7: the second byte's range depends on the first, to keep out overlong forms, surrogates and
        // what is above U+10FFFF.
        let length: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch lead {
        case 0xC2...0xDF: length = 2
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: length = 3
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: length = 4
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default:
            self = .invalid(length: 1)
            return
        }
        for offset in 1..<length {
            guard position + offset < bytes.count else {
                self = .incomplete
                return
            }
            let byte = bytes[position + offset]
            guard offset == 1 ? second.contains(byte) : byte & 0xC0 == 0x80 else {
                self = .invalid(length: offset)
                return
            }
        }
        guard let base = bytes.baseAddress else {
            self = .incomplete
            return
        }
        self = .scalar(decodedScalar(base + position).value, length: length)
    }
}
