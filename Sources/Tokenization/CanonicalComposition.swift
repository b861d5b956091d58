import Foundation

/// Normalization Form C (Unicode Standard Annex 15), by the Unicode version that the Hugging Face tokenizers normalize by.
///
/// Decompositions and combining classes are the standard library's. Ordering and composition are done here, because the
/// library's composition takes characters beyond U+FFFF for others and leaves a Hangul final behind a syllable alone.
package enum CanonicalComposition {
    /// The form of a piece of well-formed UTF-8.
    package static func normalized(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var scalars: [Element] = []
        for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
            appendDecomposition(of: scalar, to: &scalars)
        }
        order(&scalars)
        compose(&scalars)
        var result = String.UnicodeScalarView()
        result.append(contentsOf: scalars.map(\.scalar))
        return Array(String(result).utf8)
    }

    /// The canonical combining class; 0 for a character that is newer than the version.
    static func combiningClass(_ scalar: Unicode.Scalar) -> UInt8 {
        scalar.value >= 0x300 && isKnown(scalar) ? scalar.properties.canonicalCombiningClass.rawValue : 0
    }

    /// Whether normalization may replace a scalar: it is not in the form itself, or it can be the second of a pair that is
    /// composed. A text without such scalars is changed only where combining marks stand out of order.
    static func mayChange(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.value < 0x300 { return false }
        if isSecondOfPair(scalar.value) { return true }
        // Hangul syllables and unified ideographs have nothing to map to: not asked, for they are many.
        if (0x3400..<0xA000).contains(scalar.value) || (0xAC00..<0xD7A4).contains(scalar.value) { return false }
        var scalars: [Element] = []
        appendDecomposition(of: scalar, to: &scalars)
        if scalars.count == 1 { return scalars[0].scalar != scalar }
        compose(&scalars)
        return scalars.count != 1 || scalars[0].scalar != scalar
    }

    private struct Element {
        var scalar: Unicode.Scalar
        var combiningClass: UInt8
    }

    private static let unicodeVersion = (major: 9, minor: 0)

    private static func isKnown(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.age.map { $0 <= unicodeVersion } ?? false
    }

    // MARK: Decomposition and order

    private static func appendDecomposition(of scalar: Unicode.Scalar, to scalars: inout [Element]) {
        guard scalar.value >= 0xC0, isKnown(scalar) else {
            scalars.append(Element(scalar: scalar, combiningClass: 0))
            return
        }
        for part in String(Character(scalar)).decomposedStringWithCanonicalMapping.unicodeScalars {
            scalars.append(Element(scalar: part, combiningClass: combiningClass(part)))
        }
    }

    /// Sorts each run of combining marks by class, keeping the order of equals.
    private static func order(_ scalars: inout [Element]) {
        var start = 0
        while start < scalars.count {
            if scalars[start].combiningClass == 0 {
                start += 1
                continue
            }
            let end = scalars[start...].firstIndex { $0.combiningClass == 0 } ?? scalars.count
            if end - start > 1 {
                let sorted = scalars[start..<end].enumerated().sorted {
                    ($0.element.combiningClass, $0.offset) < ($1.element.combiningClass, $1.offset)
                }
                scalars.replaceSubrange(start..<end, with: sorted.map(\.element))
            }
            start = end
        }
    }

    // MARK: Composition

    /// Composes each starter with the marks behind it that nothing of their class or above stands before.
    private static func compose(_ scalars: inout [Element]) {
        var kept: [Element] = []
        var starter: Int?
        for element in scalars {
            if let starter, let last = kept.last {
                let isBlocked =
                    kept.count - 1 > starter && last.combiningClass >= element.combiningClass
                if !isBlocked, let composite = composite(kept[starter].scalar, element.scalar) {
                    kept[starter].scalar = composite
                    continue
                }
            }
            if element.combiningClass == 0 { starter = kept.count }
            kept.append(element)
        }
        scalars = kept
    }

    private static func composite(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Unicode.Scalar? {
        // Hangul (Unicode Standard, section 3.12): a leading consonant and a vowel, or such a syllable and a final.
        if (0x1100..<0x1113).contains(first.value), (0x1161..<0x1176).contains(second.value) {
            return Unicode.Scalar(0xAC00 + ((first.value - 0x1100) * 21 + second.value - 0x1161) * 28)
        }
        if (0xAC00..<0xD7A4).contains(first.value), (first.value - 0xAC00) % 28 == 0,
            (0x11A8..<0x11C3).contains(second.value)
        {
            return Unicode.Scalar(first.value + second.value - 0x11A7)
        }
        guard isSecondOfPair(second.value) else { return nil }
        return composites[UInt64(first.value) << 32 | UInt64(second.value)]
    }

    /// The primary composites by what they are composed of: all characters of two that composing keeps. Made when a text first
    /// needs it.
    private static let composites: [UInt64: Unicode.Scalar] = {
        var table: [UInt64: Unicode.Scalar] = [:]
        // All that is composed of two stands in these blocks.
        for value in [0xC0..<0x3100, 0x11000..<0x11A00].joined() {
            guard let scalar = Unicode.Scalar(UInt32(value)), isKnown(scalar) else { continue }
            let text = String(Character(scalar))
            var parts = Array(text.decomposedStringWithCanonicalMapping.unicodeScalars)
            guard parts.count > 1, let last = parts.popLast(), isSecondOfPair(last.value) else { continue }
            // Composition exclusions decompose for good, and others are written by an equivalent character.
            guard text.precomposedStringWithCanonicalMapping.unicodeScalars.elementsEqual([scalar]) else { continue }
            var firstText = String.UnicodeScalarView()
            firstText.append(contentsOf: parts)
            let first = Array(String(firstText).precomposedStringWithCanonicalMapping.unicodeScalars)
            guard first.count == 1 else { continue }
            table[UInt64(first[0].value) << 32 | UInt64(last.value)] = scalar
        }
        return table
    }()

    /// Whether a scalar is the second of some primary composite's canonical decomposition, or a Hangul vowel or final.
    private static func isSecondOfPair(_ value: UInt32) -> Bool {
        var low = 0
        var high = secondsOfPairs.count
        while low < high {
            let middle = (low + high) / 2
            if secondsOfPairs[middle].upperBound < value { low = middle + 1 } else { high = middle }
        }
        return low < secondsOfPairs.count && secondsOfPairs[low].contains(value)
    }

    /// Source: the canonical decompositions of the Unicode Character Database; a test derives them again from the standard library.
    private static let secondsOfPairs: [ClosedRange<UInt32>] = [
        0x300...0x304, 0x306...0x30C, 0x30F...0x30F, 0x311...0x311, 0x313...0x314, 0x31B...0x31B, 0x323...0x328,
        0x32D...0x32E, 0x330...0x331, 0x338...0x338, 0x342...0x342, 0x345...0x345, 0x653...0x655, 0x93C...0x93C,
        0x9BE...0x9BE, 0x9D7...0x9D7, 0xB3E...0xB3E, 0xB56...0xB57, 0xBBE...0xBBE, 0xBD7...0xBD7, 0xC56...0xC56,
        0xCC2...0xCC2, 0xCD5...0xCD6, 0xD3E...0xD3E, 0xD57...0xD57, 0xDCA...0xDCA, 0xDCF...0xDCF, 0xDDF...0xDDF,
        0x102E...0x102E, 0x1161...0x1175, 0x11A8...0x11C2, 0x1B35...0x1B35, 0x3099...0x309A, 0x110BA...0x110BA,
        0x11127...0x11127, 0x1133E...0x1133E, 0x11357...0x11357, 0x114B0...0x114B0, 0x114BA...0x114BA,
        0x114BD...0x114BD, 0x115AF...0x115AF, 0x11930...0x11930,
    ]
}
