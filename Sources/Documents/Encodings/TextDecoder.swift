/// Extracts UTF-8 text from the bytes of a file, in whatever encoding they are. A byte order mark is left out, and
/// what is no character becomes U+FFFD.
///
/// Where the encoding is to be found out, ASCII needs none: it is told by the first bytes that are something else,
/// and what stands behind them.
package struct TextDecoder {
    /// Leads from the text back to the bytes.
    package var map: OffsetMap { decoded.map }
    private var decoded = DecodedText()
    private var stage: Stage
    /// Bytes that are not decoded yet: a character that is not complete, or what an encoding is to be told by.
    private var held: [UInt8] = []
    /// What the document says about its encoding.
    private var declared: TextEncoding?
    /// The last ASCII that was decoded without knowing an encoding.
    private var context: ArraySlice<UInt8> = []
    private var notes: [String] = []
    /// What the note on characters that were replaced calls the encoding.
    private var encodingName = TextEncoding.utf8.name

    private enum Stage {
        /// Nothing was decoded: there may be a byte order mark. Nil is to be found out.
        case beginning(TextEncoding?)
        /// All was ASCII so far.
        case ascii
        case reading(any CharacterReader)
    }

    /// - Parameter encoding: Nil has it found out.
    package init(_ encoding: TextEncoding? = nil) { stage = .beginning(encoding) }

    /// Bytes at the start that are held together: enough for a byte order mark, a declaration, and to know UTF-16.
    private static let headSize = 1 << 12
    /// Bytes that an encoding is told by.
    private static let sampleSize = 1 << 16
    /// ASCII in front of them that is looked at too: a letter is told by its neighbours.
    private static let contextSize = 16

    /// What users should know of how the text was decoded, since this was asked last. Characters that were replaced
    /// are counted, and told at the end.
    package mutating func takeNotes() -> [String] {
        defer { notes = [] }
        return notes
    }

    /// Takes the next bytes.
    /// - Returns: The text that they complete.
    package mutating func push(_ bytes: [UInt8]) -> [UInt8] {
        if held.isEmpty { held = bytes } else { held += bytes }
        advance(isLast: false)
        return decoded.take()
    }

    /// Ends the file.
    /// - Returns: The text of what was left open.
    package mutating func finish() -> [UInt8] {
        advance(isLast: true)
        if decoded.replacedBytes > 0 {
            let count = decoded.replacedBytes
            notes.append("\(count) \(count == 1 ? "byte was" : "bytes were") no \(encodingName) and became U+FFFD")
        }
        return decoded.take()
    }

    /// Forgets what leads back from text before `text`.
    package mutating func forgetMap(before text: Int) { decoded.forgetMap(before: text) }

    /// Decodes what can be decoded.
    private mutating func advance(isLast: Bool) {
        while !held.isEmpty {
            switch stage {
            case .beginning(let encoding):
                guard isLast || held.count >= Self.headSize else { return }
                if let encoding {
                    begin(encoding)
                } else {
                    let head = held.prefix(Self.headSize)
                    if head.firstTelling == nil {
                        declared = DeclaredEncoding.find(in: head)
                        pass(head.count)
                    } else if !tellEncoding(at: 0, isLast: isLast) {
                        return
                    }
                }
            case .ascii:
                guard tellEncoding(at: held[...].firstTelling, isLast: isLast) else { return }
            case .reading(var reader):
                let bytes = held
                held = []
                let read = reader.read(bytes, isLast: isLast, into: &decoded)
                stage = .reading(reader)
                if read < bytes.count { held = Array(bytes[read...]) }
                return
            }
        }
    }

    /// Reads an encoding that is known from the start.
    private mutating func begin(_ encoding: TextEncoding) {
        let own = TextEncoding.marks.first { held.starts(with: $0.mark) && encoding.admits($0.encoding) }
        var order = TextEncoding.ByteOrder.littleEndian
        switch (encoding.form, own?.encoding.form) {
        case (.utf16(nil), .utf16(let marked?)), (.utf32(nil), .utf32(let marked?)): order = marked
        case (.utf16(nil), _): order = EncodingDetector.order(ofUTF16: held.prefix(Self.headSize))
        case (.utf32(nil), _): if WideText.isUTF32(held.prefix(Self.headSize), .bigEndian) { order = .bigEndian }
        default: break
        }
        read(encoding, order: order, mark: own?.mark.count ?? 0)
    }

    /// Finds the encoding out, if there is enough to tell it by.
    /// - Parameter start: The first byte to tell it by; nil where there is only ASCII.
    /// - Returns: Whether there is more to do.
    private mutating func tellEncoding(at start: Int?, isLast: Bool) -> Bool {
        guard let start else {
            pass(held.count)
            return false
        }
        pass(start)
        guard isLast || held.count >= Self.sampleSize else { return false }
        var isBeginning = false
        if case .beginning = stage {
            isBeginning = true
            declared = DeclaredEncoding.find(in: held.prefix(Self.headSize))
        }
        let sample = held.prefix(Self.sampleSize)
        let beginning = EncodingDetector.Beginning(isSample: isBeginning, declared: declared)
        guard let finding = EncodingDetector.find(in: sample, context: context, beginning) else {
            pass(sample.count)
            return true
        }
        switch finding.basis {
        case .form: break
        case .declaration: notes.append("read as \(finding.encoding.name), as the document declares")
        case .statistics(let confidence): notes.append(Self.note(on: finding.encoding, confidence))
        }
        let mark = TextEncoding.marks.first { finding.encoding == $0.encoding && held.starts(with: $0.mark) }
        read(finding.encoding, order: .littleEndian, mark: isBeginning ? mark?.mark.count ?? 0 : 0)
        return true
    }

    private static func note(on encoding: TextEncoding, _ confidence: Double) -> String {
        let hundredths = Int((min(max(confidence, 0), 1) * 100).rounded(.down))
        let figure = hundredths >= 100 ? "1.00" : "0." + (hundredths < 10 ? "0" : "") + "\(hundredths)"
        return confidence < sureConfidence
            ? "read as \(encoding.name), which is a guess (confidence \(figure)); name the encoding if it looks wrong"
            : "read as \(encoding.name) (detected, confidence \(figure))"
    }

    /// What is less is called a guess.
    private static let sureConfidence = 0.96

    /// Decodes ASCII.
    private mutating func pass(_ count: Int) {
        guard count > 0 else { return }
        let bytes = held
        held = []
        decoded.append(same: count == bytes.count ? bytes : Array(bytes[..<count]))
        context = ArraySlice((context + bytes[..<count].suffix(Self.contextSize)).suffix(Self.contextSize))
        if count < bytes.count { held = Array(bytes[count...]) }
        if case .beginning = stage { stage = .ascii }
    }

    private mutating func read(_ encoding: TextEncoding, order: TextEncoding.ByteOrder, mark: Int) {
        if mark > 0 {
            decoded.skip(mark)
            held.removeFirst(mark)
        }
        encodingName = encoding.name
        if encoding.isKnown, let reader = encoding.reader(order: order) {
            stage = .reading(reader)
        } else {
            notes.append(
                "read as UTF-8: this system's iconv lacks \(encoding.name); install all of its encodings (gconv modules)"
            )
            encodingName = TextEncoding.utf8.name
            stage = .reading(UTF8Reader())
        }
    }
}

extension TextEncoding {
    /// Whether a byte order mark of another encoding, or of this one, is one of a text in this encoding.
    fileprivate func admits(_ marked: TextEncoding) -> Bool {
        switch (form, marked.form) {
        case (.utf16(nil), .utf16), (.utf32(nil), .utf32): true
        default: self == marked
        }
    }

    /// Whether the system can read it.
    fileprivate var isKnown: Bool {
        switch form {
        case .utf8, .utf16, .utf32: true
        case .singleBytes, .multipleBytes, .iso2022JP: CharacterTable.of(self).isKnown
        }
    }
}

extension ArraySlice<UInt8> {
    /// The first byte that is no ASCII, or may be a part of something else: zero, escape.
    fileprivate var firstTelling: Int? {
        withUnsafeBytes { bytes in
            var position = 0
            while position + 16 <= bytes.count {
                let first = bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)
                let second = bytes.loadUnaligned(fromByteOffset: position + 8, as: UInt64.self)
                guard !first.hasTellingByte, !second.hasTellingByte else { break }
                position += 16
            }
            let rest = bytes[position...].firstIndex { $0 >= 0x80 || $0 == 0 || $0 == 0x1B }
            return rest.map { startIndex + $0 }
        }
    }
}

extension UInt64 {
    /// Whether one of its bytes is no ASCII, zero, or an escape.
    fileprivate var hasTellingByte: Bool {
        // Taking one from a zero borrows from the highest bit; a byte is an escape if what differs is zero.
        let ones: UInt64 = 0x0101_0101_0101_0101
        let others = self ^ 0x1B1B_1B1B_1B1B_1B1B
        return (self | (self &- ones) | (others &- ones)) & 0x8080_8080_8080_8080 != 0
    }
}
