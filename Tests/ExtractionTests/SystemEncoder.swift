#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Writes text in other encodings by the system's `iconv`.
enum SystemEncoder {
    /// The bytes of a text in an encoding; nil where the encoding cannot hold it, or the system does not know it.
    static func encode(_ text: String, as name: String) -> [UInt8]? { convert(Array(text.utf8), from: "UTF-8", to: name) }

    /// The text of bytes, as the system reads them.
    static func decode(_ bytes: [UInt8], from name: String) -> String? {
        convert(bytes, from: name, to: "UTF-8").map { String(decoding: $0, as: UTF8.self) }
    }

    private static func convert(_ bytes: [UInt8], from source: String, to target: String) -> [UInt8]? {
        guard let handle = iconv_open(target, source), Int(bitPattern: handle) != -1 else { return nil }
        defer { iconv_close(handle) }
        var input = bytes.map { CChar(bitPattern: $0) }
        var output = [CChar](repeating: 0, count: bytes.count * 4 + 64)
        let written: Int? = input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                var (from, fromLeft) = (input.baseAddress, input.count)
                var (to, toLeft) = (output.baseAddress, output.count)
                guard iconv(handle, &from, &fromLeft, &to, &toLeft) != .max,
                    iconv(handle, nil, nil, &to, &toLeft) != .max
                else { return nil }
                return output.count - toLeft
            }
        }
        return written.map { output[..<$0].map { UInt8(bitPattern: $0) } }
    }
}
