import SystemPackage

/// Streams a document's extracted text in blocks, whatever its format.
package struct BlockReader {
    /// Leads from the text of the blocks back to the document.
    package private(set) var map = SourceMap()
    private var source: any BlockSource
    private var notes: [Omission] = []
    /// Bytes of extracted text so far.
    private var textCount = 0

    /// - Throws: ``DocumentError`` where it cannot be read, or its format is not.
    package init(_ document: Document) throws(DocumentError) {
        var bytes = try DocumentBytes(document)
        let note = document.source == .standardInput ? try Self.noteOnList(bytes.head(TextBlock.headSize)) : nil
        try self.init(bytes, encoding: document.encoding)
        if let note { notes = [Omission(.note, document.name, reason: note)] }
    }

    /// What to say of a standard input that names files, line by line: who pipes a list of files means what is in them.
    private static func noteOnList(_ head: ArraySlice<UInt8>) -> String? {
        let lines = head.split(separator: .lineFeed)
        guard !lines.isEmpty, head.last == .lineFeed,
            lines.allSatisfy({ (try? Stat(FilePath(String(decoding: $0, as: UTF8.self)))) != nil })
        else { return nil }
        return "these lines are names of files, and the names are what is read; to read the files: "
            + "... | xargs -d '\\n' infiniretri retrieve --questions QUESTIONS"
    }

    /// - Parameter encoding: Of text; nil has it found out.
    package init(_ bytes: DocumentBytes, encoding: TextEncoding? = nil) throws(DocumentError) {
        source = try DocumentFormat.source(bytes, encoding: encoding)
    }

    /// - Parameter prose: Plain text in UTF-8, whatever it looks like.
    package init(prose bytes: DocumentBytes) { source = TextBlocks(bytes, encoding: .utf8, format: .prose) }

    /// The name of the document's format; of a text, nil before enough of it is read to tell.
    package var kind: String? { source.kind }

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
    package mutating func takeOmissions() -> [Omission] {
        defer { notes = [] }
        return notes + source.takeOmissions()
    }

    /// Size and CRC-32C of the document's bytes read so far.
    package var digest: (bytes: Int, checksum: UInt32) { source.digest }
}
