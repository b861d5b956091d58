/// Reads UTF-8. What is none is repaired with one U+FFFD for each maximal part of a character (the substitution that
/// the Unicode Standard recommends in section 3.9).
struct UTF8Reader: CharacterReader {
    mutating func read(_ bytes: [UInt8], isLast: Bool, into decoded: inout DecodedText) -> Int {
        bytes.withUnsafeBufferPointer { buffer in
            var position = 0
            while position < buffer.count {
                let valid = UTF8Form.validCount(UnsafeBufferPointer(rebasing: buffer[position...]))
                if valid == buffer.count {
                    // Nearly all text is valid as it is.
                    decoded.append(same: bytes)
                    return valid
                }
                if valid > 0 { decoded.append(same: buffer[position..<position + valid]) }
                position += valid
                guard position < buffer.count else { break }
                let rest = UnsafeBufferPointer(rebasing: buffer[position...])
                let part = UTF8Form.maximalPart(rest)
                if !isLast, part == rest.count, part < UTF8Form.length(of: rest[0]) { break }
                decoded.replace(part)
                position += part
            }
            return position
        }
    }
}
