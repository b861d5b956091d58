/// The blocks of a book: those of its chapters, each a page of HTML.
struct BookSource: BlockSource {
    let kind: String? = "epub"
    private struct Chapter {
        let path: String
        /// Its title, or its first heading, or the name of its file, in this order.
        var title: String?
        var stream: InflateStream
        var decoder = TextDecoder()
        var page = HTMLBlocks(keepsTitle: false)
    }

    private let archive: ZipArchive
    private let name: String
    let digest: (bytes: Int, checksum: UInt32)
    private var chapters: ArraySlice<(path: String, title: String?)>
    private var current: Chapter?
    private var omissions: [Omission] = []

    /// - Parameter chapters: With what the table of contents calls them.
    init(_ archive: ZipArchive, of bytes: DocumentBytes, chapters: [(path: String, title: String?)]) {
        self.archive = archive
        name = bytes.name
        digest = bytes.digest
        self.chapters = chapters[...]
    }

    mutating func takeOmissions() -> [Omission] {
        defer { omissions = [] }
        return omissions
    }

    mutating func next() throws(DocumentError) -> [TextBlock]? {
        guard current != nil else {
            guard let (path, title) = chapters.popFirst() else { return nil }
            do throws(DocumentError) {
                guard let stream = try archive.open(path) else {
                    throw DocumentError.damaged(name: name, reason: "the book names this part, and does not have it")
                }
                current = Chapter(path: path, title: title, stream: stream)
            } catch {
                try leaveOut(path, error)
            }
            return []
        }
        do {
            if let bytes = try current?.stream.next() {
                let text = current?.decoder.push(bytes) ?? []
                return placed(current?.page.push(text) ?? [])
            }
        } catch {
            try leaveOut(current?.path ?? "", error)
        }
        let text = current?.decoder.finish() ?? []
        let blocks = placed((current?.page.push(text) ?? []) + (current?.page.finish() ?? []))
        for var omission in current?.page.takeOmissions() ?? [] {
            omission.document = name
            omissions.append(omission)
        }
        current = nil
        return blocks
    }

    /// The blocks with the chapter that they are of. What leads back to the chapter's file leads nowhere in the book.
    private mutating func placed(_ blocks: [TextBlock]) -> [TextBlock] {
        guard let path = current?.path else { return blocks }
        if current?.title == nil, !blocks.isEmpty {
            let heading = blocks.first { $0.kind == .heading }
            current?.title =
                heading.map { String(decoding: $0.text.split(separator: .lineFeed).first ?? [], as: UTF8.self) }
                ?? path.split(separator: "/").last.map(String.init)
        }
        let chapter = current?.title
        return blocks.map {
            var block = $0
            block.runs = []
            if block.marks.isEmpty { block.marks = [(0, Location())] }
            for index in block.marks.indices { block.marks[index].location.chapter = chapter }
            return block
        }
    }

    private mutating func leaveOut(_ path: String, _ error: DocumentError) throws(DocumentError) {
        guard let reason = error.parts?.reason else { throw error }
        var location = Location()
        location.chapter = path
        omissions.append(Omission(.skipped, name, location: location, reason: reason))
    }
}
