/// Turns bytes into the text that is tokenized: ill-formed UTF-8 is repaired, and the text is normalized where the tokenizer wants it.
///
/// Bytes come in chunks of any size; what may still change with the next chunk is held back. The result does not depend on how
/// the bytes are cut.
struct TextCleaner: Sendable {
    /// What is done besides repairing.
    struct Options: Sendable {
        /// Bring the text to Normalization Form C.
        var normalizes = false
        /// Put a space before a text that is not empty.
        var addsSpacePrefix = false
        /// Write a space for `▁` (U+2581), by which SentencePiece vocabularies write spaces.
        var readsLowerBlockAsSpace = false
    }

    private let options: Options
    /// Bytes that were held back.
    private var held: [UInt8] = []
    /// The position of the first byte held back, in the original.
    private var original = 0
    /// The number of bytes of clean text so far.
    private var rewritten = 0

    /// A run of combining marks longer than this is normalized in parts, so that memory stays bounded. In bytes.
    private static let longestRun = 1 << 14
    private static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]

    init(_ options: Options) {
        self.options = options
    }

    /// Appends the clean text of the next bytes, and records in `map` where it differs.
    mutating func push(
        _ bytes: UnsafeBufferPointer<UInt8>, isLast: Bool, classes: inout ScalarClasses, into text: inout [UInt8],
        _ map: inout PositionMap
    ) {
        if options.addsSpacePrefix, original == 0, rewritten == 0, !bytes.isEmpty {
            text.append(UInt8(ascii: " "))
            map.record(rewritten: 0..<1, original: 0..<0)
            rewritten = 1
        }
        if held.isEmpty {
            clean(bytes, isLast, &classes, &text, &map)
        } else {
            let joined = held + bytes
            joined.withUnsafeBufferPointer { clean($0, isLast, &classes, &text, &map) }
        }
    }

    private mutating func clean(
        _ bytes: UnsafeBufferPointer<UInt8>, _ isLast: Bool, _ classes: inout ScalarClasses, _ text: inout [UInt8],
        _ map: inout PositionMap
    ) {
        var pass = Pass(bytes: bytes, originalBase: original, rewritten: rewritten, normalizes: options.normalizes)
        let end = pass.position(byCleaning: options, isLast, &classes, &text, &map)
        rewritten = pass.rewritten
        original += end
        held = Array(bytes[end...])
    }

    /// One walk over the bytes that are there.
    private struct Pass {
        let bytes: UnsafeBufferPointer<UInt8>
        let originalBase: Int
        var rewritten: Int
        let normalizes: Bool
        /// Up to where the bytes went into the text.
        var copied = 0
        /// A starter and the combining characters behind it, where the walk is inside of such a run.
        var run: Run?

        struct Run {
            var start: Int
            var lastCombiningClass: UInt8
            var mustNormalize: Bool
        }

        /// Cleans the bytes up to the position that is given back; from there on they must be held.
        mutating func position(
            byCleaning options: Options, _ isLast: Bool, _ classes: inout ScalarClasses, _ text: inout [UInt8],
            _ map: inout PositionMap
        ) -> Int {
            var position = 0
            // The beginning of the scalar before `position`, if it was copied as it is.
            var before: Int?
            walk: while position < bytes.count {
                if run == nil {
                    let end = endOfASCII(from: position)
                    if end > position {
                        before = end - 1
                        position = end
                        continue
                    }
                }
                switch UTF8Sequence(bytes, at: position) {
                case .scalar(let value, let length):
                    if normalizes {
                        let kind = classes[value]
                        if kind.isDisjoint(with: [.combining, .composing]) {
                            closeRun(at: position, &text, &map)
                        } else {
                            extendRun(with: value, kind, at: position, from: before ?? position, &text, &map)
                        }
                    }
                    before = position
                    if options.readsLowerBlockAsSpace, value == 0x2581 {
                        replace(position..<position + length, by: CollectionOfOne(UInt8(ascii: " ")), &text, &map)
                        before = nil
                    }
                    position += length
                case .incomplete where !isLast:
                    break walk
                case .incomplete:
                    closeRun(at: position, &text, &map)
                    replace(position..<bytes.count, by: TextCleaner.replacement, &text, &map)
                    before = nil
                    position = bytes.count
                case .invalid(let length):
                    closeRun(at: position, &text, &map)
                    replace(position..<position + length, by: TextCleaner.replacement, &text, &map)
                    before = nil
                    position += length
                }
            }
            if isLast {
                closeRun(at: position, &text, &map)
            } else if normalizes {
                // The next chunk may begin with a combining mark.
                position = max(run?.start ?? before ?? position, copied)
            }
            copy(upTo: position, &text)
            return position
        }

        private func endOfASCII(from start: Int) -> Int {
            let raw = UnsafeRawBufferPointer(bytes)
            var position = start
            while position + 8 <= raw.count {
                let high =
                    raw.loadUnaligned(fromByteOffset: position, as: UInt64.self).littleEndian & 0x8080_8080_8080_8080
                if high != 0 { return position + high.trailingZeroBitCount / 8 }
                position += 8
            }
            while position < raw.count, raw[position] < 0x80 { position += 1 }
            return position
        }

        // MARK: Normalization

        private mutating func extendRun(
            with value: UInt32, _ kind: ScalarClass, at position: Int, from start: Int, _ text: inout [UInt8],
            _ map: inout PositionMap
        ) {
            if let open = run, position - open.start >= TextCleaner.longestRun {
                closeRun(at: position, &text, &map)
                run = Run(start: position, lastCombiningClass: 0, mustNormalize: false)
            }
            var open = run ?? Run(start: max(start, copied), lastCombiningClass: 0, mustNormalize: false)
            let combiningClass = Unicode.Scalar(value).map { CanonicalComposition.combiningClass($0) } ?? 0
            if kind.contains(.composing) || combiningClass < open.lastCombiningClass { open.mustNormalize = true }
            open.lastCombiningClass = combiningClass
            run = open
        }

        private mutating func closeRun(at end: Int, _ text: inout [UInt8], _ map: inout PositionMap) {
            guard let open = run else { return }
            run = nil
            guard open.mustNormalize else { return }
            let piece = UnsafeBufferPointer(rebasing: bytes[open.start..<end])
            let normalized = CanonicalComposition.normalized(piece)
            if !normalized.elementsEqual(piece) { replace(open.start..<end, by: normalized, &text, &map) }
        }

        // MARK: Output

        private mutating func copy(upTo end: Int, _ text: inout [UInt8]) {
            guard end > copied else { return }
            text.append(contentsOf: bytes[copied..<end])
            rewritten += end - copied
            copied = end
        }

        private mutating func replace(
            _ range: Range<Int>, by piece: some Collection<UInt8>, _ text: inout [UInt8], _ map: inout PositionMap
        ) {
            copy(upTo: range.lowerBound, &text)
            text.append(contentsOf: piece)
            map.record(
                rewritten: rewritten..<rewritten + piece.count,
                original: originalBase + range.lowerBound..<originalBase + range.upperBound)
            rewritten += piece.count
            copied = range.upperBound
        }
    }
}
