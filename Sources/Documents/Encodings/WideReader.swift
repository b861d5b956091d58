/// Reads UTF-16.
struct UTF16Reader: CharacterReader {
    let order: TextEncoding.ByteOrder

    mutating func read(_ bytes: [UInt8], isLast: Bool, into decoded: inout DecodedText) -> Int {
        decoded.reserve(bytes.count / 2 * 3)
        return bytes.withUnsafeBufferPointer { bytes in
            func unit(_ position: Int) -> UInt32 {
                let (first, second) = (UInt32(bytes[position]), UInt32(bytes[position + 1]))
                return order == .littleEndian ? second << 8 | first : first << 8 | second
            }
            var position = 0
            while position + 2 <= bytes.count {
                let value = unit(position)
                if let scalar = Unicode.Scalar(value) {
                    decoded.append(scalar.packedUTF8, from: 2)
                    position += 2
                    continue
                }
                // Half of a pair.
                if value < 0xDC00 {
                    if position + 4 > bytes.count {
                        guard isLast else { return position }
                    } else if case let low = unit(position + 2), 0xDC00..<0xE000 ~= low,
                        let scalar = Unicode.Scalar(0x10000 + (value - 0xD800) << 10 + (low - 0xDC00))
                    {
                        decoded.append(scalar.packedUTF8, from: 4)
                        position += 4
                        continue
                    }
                }
                decoded.replace(2)
                position += 2
            }
            guard isLast, position < bytes.count else { return position }
            decoded.replace(bytes.count - position)
            return bytes.count
        }
    }
}

/// Reads UTF-32.
struct UTF32Reader: CharacterReader {
    let order: TextEncoding.ByteOrder

    mutating func read(_ bytes: [UInt8], isLast: Bool, into decoded: inout DecodedText) -> Int {
        decoded.reserve(bytes.count)
        var position = 0
        while position + 4 <= bytes.count {
            var value: UInt32 = 0
            for index in 0..<4 {
                value = value << 8 | UInt32(bytes[position + (order == .bigEndian ? index : 3 - index)])
            }
            if let scalar = Unicode.Scalar(value) {
                decoded.append(scalar.packedUTF8, from: 4)
            } else {
                decoded.replace(4)
            }
            position += 4
        }
        guard isLast, position < bytes.count else { return position }
        decoded.replace(bytes.count - position)
        return bytes.count
    }
}
