import Documents

extension Sentence {
    /// All sentences of a text in UTF-8 that stands in memory.
    package static func all(in bytes: [UInt8], segmentation: Segmentation = Segmentation()) -> [Sentence] {
        guard let blocks = try? BlockReader(DocumentBytes(.bytes(bytes, name: "")), encoding: .utf8) else { return [] }
        return (try? all(of: blocks, segmentation: segmentation)) ?? []
    }

    /// All sentences of a document.
    package static func all(of blocks: BlockReader, segmentation: Segmentation = Segmentation()) throws -> [Sentence] {
        var blocks = blocks
        var segmenter = SentenceSegmenter(segmentation)
        var sentences: [Sentence] = []
        while let read = try blocks.next() {
            for block in read { sentences += segmenter.sentences(of: block, map: blocks.map) }
        }
        return sentences
    }
}
