import Documents

extension Sentence {
    /// All sentences of a text that stands in memory, as a file holds it.
    package static func all(in bytes: [UInt8], segmentation: Segmentation = Segmentation()) -> [Sentence] {
        guard let blocks = try? BlockReader(.bytes(bytes, name: "")) else { return [] }
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
