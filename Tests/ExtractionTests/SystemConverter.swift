#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The system's `iconv`, to write text in other encodings and to compare with.
final class SystemConverter {
    private let handle: iconv_t

    /// Nil where the system does not know an encoding.
    init?(from source: String = "UTF-8", to target: String = "UTF-8") {
        guard let handle = iconv_open(target, source), Int(bitPattern: handle) != -1 else { return nil }
        self.handle = handle
    }

    deinit { iconv_close(handle) }

    /// Bytes converted; nil where they are not valid, or cannot be written in the other encoding.
    func convert(_ bytes: [UInt8]) -> [UInt8]? {
        var input = bytes.map { CChar(bitPattern: $0) }
        var output = [CChar](repeating: 0, count: bytes.count * 4 + 64)
        let written: Int? = input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                var (from, fromLeft) = (input.baseAddress, input.count)
                var (to, toLeft) = (output.baseAddress, output.count)
                iconv(handle, nil, nil, nil, nil)
                // What is written otherwise, such as a quotation mark for another, is a number above 0.
                guard iconv(handle, &from, &fromLeft, &to, &toLeft) == 0,
                    iconv(handle, nil, nil, &to, &toLeft) != .max
                else { return nil }
                return output.count - toLeft
            }
        }
        return written.map { output[..<$0].map { UInt8(bitPattern: $0) } }
    }

    /// The bytes of a text in an encoding; nil where the encoding cannot hold it, or the system does not know it.
    static func encode(_ text: String, as name: String) -> [UInt8]? {
        SystemConverter(to: name)?.convert(Array(text.utf8))
    }

    /// The text of bytes, as the system reads them.
    static func decode(_ bytes: [UInt8], from name: String) -> String? {
        SystemConverter(from: name)?.convert(bytes).map { String(decoding: $0, as: UTF8.self) }
    }
}
