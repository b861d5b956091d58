#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The system's converter of an encoding to UTF-8 (`iconv`).
final class CharacterConverter {
    private let handle: iconv_t

    /// Nil where the system does not know the encoding.
    init?(_ name: String) {
        let handle = iconv_open("UTF-8", name)
        // It says so with -1.
        guard let handle, Int(bitPattern: handle) != -1 else { return nil }
        self.handle = handle
    }

    deinit { iconv_close(handle) }

    /// What bytes stand for, if they are one code, whose character is at most four bytes of UTF-8.
    func character(_ bytes: [UInt8]) -> PackedUTF8? {
        var input = bytes.map { CChar(bitPattern: $0) }
        var output = [CChar](repeating: 0, count: 16)
        let written: Int? = input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                var (from, fromLeft) = (input.baseAddress, input.count)
                var (to, toLeft) = (output.baseAddress, output.count)
                iconv(handle, nil, nil, nil, nil)
                // A converter may wait for a character that combines with this one: it is asked for what it has.
                guard iconv(handle, &from, &fromLeft, &to, &toLeft) != .max, fromLeft == 0,
                    iconv(handle, nil, nil, &to, &toLeft) != .max
                else { return nil }
                return output.count - toLeft
            }
        }
        guard let written, 1...4 ~= written else { return nil }
        return output.prefix(written).reversed().reduce(0) { $0 << 8 | PackedUTF8(UInt8(bitPattern: $1)) }
    }
}
