import Documents
import Testing

/// Encodings that are found out.
@Suite struct DetectionTests {
    /// What a decoder makes of bytes that come in blocks.
    static func decode(
        _ bytes: [UInt8], _ encoding: TextEncoding? = nil, blockSize: Int = 1 << 16
    ) -> (text: String, notes: [String]) {
        var decoder = TextDecoder(encoding)
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: blockSize) {
            text += decoder.push(Array(bytes[start...].prefix(blockSize)))
        }
        text += decoder.finish()
        return (String(decoding: text, as: UTF8.self), decoder.takeNotes())
    }

    @Test func paragraphsAreReadAsTheyWereWritten() {
        var (right, wrong): (Int, [String]) = (0, [])
        for language in EncodedTexts.all {
            let texts = language.paragraphs + [language.paragraphs.joined(separator: "\n\n")]
            for name in language.encodings + ["UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-16", "UTF-32"] {
                for text in texts {
                    guard let bytes = SystemEncoder.encode(text, as: name) else { continue }
                    let (found, notes) = Self.decode(bytes)
                    if found == SystemEncoder.decode(bytes, from: name) || found == text {
                        right += 1
                    } else {
                        wrong.append("\(language.name) in \(name), \(bytes.count) bytes: \(notes)")
                    }
                }
            }
        }
        print("right \(right), wrong \(wrong.count)")
        #expect(wrong.isEmpty, "\(wrong.joined(separator: "\n"))")
    }
}
