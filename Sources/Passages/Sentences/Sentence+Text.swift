import Documents

extension Sentence {
    /// All sentences of plain text in UTF-8.
    package static func all(in bytes: [UInt8], segmentation: Segmentation = Segmentation()) -> [Sentence] {
        // What stands in memory can be read.
        (try? all(of: BlockReader(prose: DocumentBytes(ByteFile(bytes, name: ""))), segmentation: segmentation)) ?? []
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
