import Foundation

/// Finds out how a text is encoded.
enum EncodingDetector {
    /// An encoding, and what speaks for it.
    struct Finding {
        let encoding: TextEncoding
        let basis: Basis

        /// What an encoding was told by, the surest first.
        enum Basis {
            /// A byte order mark, or that it is valid UTF-8.
            case form
            /// The document says so itself.
            case declaration
            /// How often characters stand in texts. How sure that is, from 0 to 1.
            case statistics(confidence: Double)
        }

        init(_ encoding: TextEncoding, _ basis: Basis = .form) {
            self.encoding = encoding
            self.basis = basis
        }
    }

    /// What the document begins with.
    struct Beginning {
        /// Whether the sample is it.
        let isSample: Bool
        /// What it says about its encoding.
        let declared: TextEncoding?
    }

    /// The encoding of a sample; nil where it has nothing but ASCII.
    /// - Parameter context: ASCII that stands in front of it.
    static func find(in bytes: ArraySlice<UInt8>, context: ArraySlice<UInt8>, _ beginning: Beginning) -> Finding? {
        if beginning.isSample, let wide = mark(bytes) ?? utf32(bytes) { return wide }
        let (characters, faults) = UTF8Form.census(bytes)
        // Faults are few where a file of UTF-8 was damaged; another encoding is hardly ever valid UTF-8 by chance.
        if characters > 0, characters >= 3 * faults { return Finding(.utf8) }
        let hasHighBytes = characters + faults > 0
        if !hasHighBytes, ISO2022JPReader.isFound(in: bytes), CharacterTable.of(.iso2022JP).isKnown {
            return Finding(.iso2022JP, .statistics(confidence: 0.99))
        }
        if hasHighBytes, let declared = beginning.declared, isReadable(bytes, declared) {
            return Finding(declared, .declaration)
        }
        var candidates = wideCandidates(beginning.isSample ? bytes : [])
        // Zero bytes alone are no reason to look for another encoding.
        guard hasHighBytes || !candidates.isEmpty else { return nil }
        let sample = ByteSample(context + bytes)
        let ascii = SingleByteCost.ascii(of: sample)
        let cheapestASCII = ascii.min() ?? 0
        if hasHighBytes {
            candidates += byteCandidates(sample, ascii: ascii)
            if characters > 0 {
                candidates.append(Candidate(encoding: .utf8, cost: cheapestASCII + 24 + 28 * characters + 64 * faults))
            }
        } else if candidates.allSatisfy({ $0.cost > cheapestASCII }) {
            return nil
        }
        return best(of: candidates, sample)
    }

    private struct Candidate {
        let encoding: TextEncoding
        /// In quarters of a bit.
        let cost: Int
    }

    /// A byte order mark.
    static func mark(_ bytes: ArraySlice<UInt8>) -> Finding? {
        for (encoding, mark) in TextEncoding.marks where bytes.starts(with: mark) { return Finding(encoding) }
        return nil
    }

    private static func utf32(_ bytes: ArraySlice<UInt8>) -> Finding? {
        if WideText.isUTF32(bytes, .littleEndian) { return Finding(.utf32LittleEndian) }
        return WideText.isUTF32(bytes, .bigEndian) ? Finding(.utf32BigEndian) : nil
    }

    private static func wideCandidates(_ bytes: ArraySlice<UInt8>) -> [Candidate] {
        [(TextEncoding.utf16LittleEndian, .littleEndian), (.utf16BigEndian, .bigEndian)].compactMap {
            (encoding: TextEncoding, order: TextEncoding.ByteOrder) in
            WideText.cost(ofUTF16: bytes, order).map { Candidate(encoding: encoding, cost: $0) }
        }
    }

    /// Which order UTF-16 is in: the more usual one where nothing tells.
    static func order(ofUTF16 bytes: ArraySlice<UInt8>) -> TextEncoding.ByteOrder {
        let (little, big) = (WideText.cost(ofUTF16: bytes, .littleEndian), WideText.cost(ofUTF16: bytes, .bigEndian))
        return (big ?? .max) < (little ?? .max) ? .bigEndian : .littleEndian
    }

    private static func byteCandidates(_ sample: ByteSample, ascii: [Int]) -> [Candidate] {
        var found: [Candidate] = []
        for (encoding, rarity) in TextEncoding.usual {
            let cost: Int?
            if case .multipleBytes(let layout) = encoding.form {
                cost = MultipleByteCost.cost(of: sample, encoding, layout).map { $0 + (ascii.min() ?? 0) }
            } else {
                let isKnown = CharacterTable.of(encoding).isKnown
                cost = isKnown ? SingleByteCost.of(encoding).cost(of: sample, ascii: ascii) : nil
            }
            if let cost { found.append(Candidate(encoding: encoding, cost: cost + rarity)) }
        }
        return found
    }

    /// The cheapest one. How sure it is depends on the next one that reads another text.
    private static func best(of candidates: [Candidate], _ sample: ByteSample) -> Finding? {
        guard let best = candidates.min(by: { $0.cost < $1.cost }) else { return nil }
        let next = candidates.filter { !isSameText($0.encoding, best.encoding, sample) }.map(\.cost).min()
        // Neighbouring characters are not independent: the evidence is less than its sum.
        let bits = next.map { Double($0 - best.cost) / 16 } ?? 8
        return Finding(best.encoding, .statistics(confidence: 1 / (1 + exp2(-bits))))
    }

    /// Whether two encodings read the same text from a sample.
    private static func isSameText(_ first: TextEncoding, _ second: TextEncoding, _ sample: ByteSample) -> Bool {
        if first == second { return true }
        guard first.form == .singleBytes, second.form == .singleBytes else { return false }
        let (first, second) = (CharacterTable.of(first), CharacterTable.of(second))
        return sample.isPresent.indices.allSatisfy {
            !sample.isPresent[$0] || first.characters[$0] == second.characters[$0]
        }
    }

    /// Whether bytes are text of an encoding, but for a few.
    private static func isReadable(_ bytes: ArraySlice<UInt8>, _ encoding: TextEncoding) -> Bool {
        switch encoding.form {
        case .singleBytes, .multipleBytes, .iso2022JP: break
        // Whoever could read the declaration as ASCII did not read this; and UTF-8 it is not.
        case .utf8, .utf16, .utf32: return false
        }
        let table = CharacterTable.of(encoding)
        guard table.isKnown, var reader = encoding.reader(order: .littleEndian) else { return false }
        var decoded = DecodedText()
        _ = reader.read(Array(bytes), isLast: false, into: &decoded)
        return decoded.replacedBytes * 100 <= bytes.count(where: { $0 >= 0x80 })
    }
}
