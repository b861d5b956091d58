/// A part of a package that is XML, as it is read.
struct XMLPart {
    private var stream: any ByteStream
    private let parser: XMLPushParser
    private let name: String
    private var isAtEnd = false

    init(_ stream: any ByteStream, name: String, content: any XMLContent) {
        self.stream = stream
        self.name = name
        parser = XMLPushParser(content)
    }

    /// Reads a block more; gives whether that was not the end.
    /// - Throws: ``DocumentError/damaged(name:reason:)`` once all that can be read went to the content.
    mutating func step() throws(DocumentError) -> Bool {
        guard !isAtEnd else { return false }
        if let block = try stream.next() {
            parser.push(block)
            guard parser.isStopped else { return true }
        }
        isAtEnd = true
        parser.finish()
        guard !parser.isDamaged else {
            throw .damaged(name: name, reason: "its part \(name) is damaged, so that text may be missing")
        }
        return false
    }

    /// Reads a part that others need; one that is missing is empty, and of a damaged one that is read which can be.
    static func read(_ name: String, of archive: ZipArchive, into content: any XMLContent) throws(DocumentError) {
        guard let stream = try archive.open(name) else { return }
        var part = XMLPart(stream, name: name, content: content)
        do {
            while try part.step() {}
        } catch DocumentError.damaged {
        }
    }
}
