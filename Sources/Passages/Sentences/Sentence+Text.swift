extension Sentence {
    /// All sentences of a text that stands in memory.
    /// - Parameters:
    ///   - bytes: As a file holds them.
    ///   - blockSize: Bytes that are looked at at once, which changes nothing.
    package static func all(
        in bytes: [UInt8], segmentation: Segmentation = Segmentation(), blockSize: Int = .max
    ) -> [Sentence] {
        var decoder = TextDecoder()
        var segmenter = SentenceSegmenter(segmentation)
        var parser: any BlockParser = TextFormat.detect(bytes.prefix(TextBlock.headSize), name: "").makeParser()
        var sentences: [Sentence] = []
        for start in stride(from: 0, to: bytes.count, by: min(blockSize, max(1, bytes.count))) {
            let text = decoder.push(Array(bytes[start...].prefix(blockSize)))
            for block in parser.push(text) { sentences += segmenter.sentences(of: block, map: decoder.map) }
        }
        for block in parser.push(decoder.finish()) + parser.finish() {
            sentences += segmenter.sentences(of: block, map: decoder.map)
        }
        return sentences
    }
}
