/// What UTF-8 is, byte by byte.
enum UTF8Form {
    /// Bytes at the start that are valid and whole characters.
    static func validCount(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        let raw = UnsafeRawBufferPointer(bytes)
        var position = 0
        while position < bytes.count {
            // Much text is ASCII: sixteen bytes at a time.
            while position + 16 <= bytes.count {
                let first = raw.loadUnaligned(fromByteOffset: position, as: UInt64.self).littleEndian & highestBits
                let second = raw.loadUnaligned(fromByteOffset: position + 8, as: UInt64.self).littleEndian & highestBits
                guard first | second == 0 else {
                    position += first == 0 ? 8 + second.trailingZeroBitCount / 8 : first.trailingZeroBitCount / 8
                    break
                }
                position += 16
            }
            guard position < bytes.count else { break }
            // And where one character of several bytes is, there are more.
            repeat {
                let first = bytes[position]
                // Most characters beyond alphabets have three bytes; two first ones of them are special.
                if first & 0xF0 == 0xE0, first != 0xE0, first != 0xED, position + 3 <= bytes.count {
                    guard bytes[position + 1] & 0xC0 == 0x80, bytes[position + 2] & 0xC0 == 0x80 else {
                        return position
                    }
                    position += 3
                    continue
                }
                let length = length(of: first)
                if length == 1 {
                    guard first < 0x80 else { return position }
                    position += 1
                    break
                }
                guard position + length <= bytes.count, secondBytes(first).contains(bytes[position + 1]) else {
                    return position
                }
                if length > 2, bytes[position + 2] & 0xC0 != 0x80 { return position }
                if length > 3, bytes[position + 3] & 0xC0 != 0x80 { return position }
                position += length
            } while position < bytes.count && bytes[position] >= 0x80
        }
        return position
    }

    /// Those of eight bytes.
    private static let highestBits: UInt64 = 0x8080_8080_8080_8080

    /// Bytes of a character with this first byte; 1 where no character of more begins so.
    static func length(of first: UInt8) -> Int {
        switch first {
        case 0xC2...0xDF: 2
        case 0xE0...0xEF: 3
        case 0xF0...0xF4: 4
        default: 1
        }
    }

    /// Bytes at the start that could begin a character: at least one.
    static func maximalPart(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        guard let first = bytes.first else { return 0 }
        let length = min(length(of: first), bytes.count)
        var count = 1
        while count < length {
            let allowed = count == 1 ? secondBytes(first) : 0x80...0xBF
            guard allowed.contains(bytes[count]) else { break }
            count += 1
        }
        return count
    }

    /// What may follow the first byte of a character of more than one.
    private static func secondBytes(_ first: UInt8) -> ClosedRange<UInt8> {
        switch first {
        case 0xE0: 0xA0...0xBF
        case 0xED: 0x80...0x9F
        case 0xF0: 0x90...0xBF
        case 0xF4: 0x80...0x8F
        default: 0x80...0xBF
        }
    }

    /// How many characters of several bytes a text has, and how many parts of it are none. A character that is cut at
    /// the end is neither.
    static func census(_ bytes: ArraySlice<UInt8>) -> (characters: Int, faults: Int) {
        bytes.withUnsafeBufferPointer { buffer in
            var (characters, faults, position) = (0, 0, 0)
            while position < buffer.count {
                let rest = UnsafeBufferPointer(rebasing: buffer[position...])
                let valid = validCount(rest)
                for byte in rest[..<valid] where byte >= 0xC0 { characters += 1 }
                position += valid
                guard valid < rest.count else { break }
                let part = maximalPart(UnsafeBufferPointer(rebasing: rest[valid...]))
                let isCut = valid + part == rest.count && part < length(of: rest[valid])
                if !isCut { faults += 1 }
                position += part
            }
            return (characters, faults)
        }
    }
}
