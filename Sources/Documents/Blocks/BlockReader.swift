/// Streams a document's extracted text in blocks, whatever its format.
package struct BlockReader {
    /// Leads from the text of the blocks back to the document.
    package private(set) var map = SourceMap()
    private var source: any BlockSource
    /// Bytes of extracted text so far.
    private var textCount = 0

    /// - Throws: ``DocumentError`` where it cannot be read, or its format is not.
    package init(_ document: Document) throws(DocumentError) {
        var bytes = try DocumentBytes(document)
        let format = try DocumentFormat.detect(&bytes)
        source = try format.source(bytes, encoding: document.encoding)
    }

    /// The next blocks, perhaps none; nil behind the last ones.
    package mutating func next() throws(DocumentError) -> [TextBlock]? {
        guard var blocks = try source.next() else { return nil }
        for index in blocks.indices {
            blocks[index].start = textCount
            textCount += blocks[index].text.count
            map.take(blocks[index])
        }
        return blocks
    }

    /// Forgets what leads back from text before `text`.
    package mutating func forgetMap(before text: Int) { map.forget(before: text) }

    /// What was left out, and why, since this was asked last.
    package mutating func takeOmissions() -> [Omission] { source.takeOmissions() }

    /// Size and CRC-32C of the document's bytes read so far.
    package var digest: (bytes: Int, checksum: UInt32) { source.digest }
}
