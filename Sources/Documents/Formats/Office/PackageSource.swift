/// What makes blocks of a part of a package.
protocol PartContent: XMLContent {
    /// The blocks that are complete.
    func take() -> [TextBlock]
    /// The blocks that were left open at the end of the part.
    func finish() -> [TextBlock]
}

/// A part of a package whose text is read, in its turn.
struct PackagePart {
    /// Its path.
    let path: String
    /// Where it is, for what is said of it.
    var location: Location?
    let makeContent: () -> any PartContent
}

/// The blocks of an Office document: those of its parts, one after the other.
struct PackageSource: BlockSource {
    let kind: String?
    private let archive: ZipArchive
    private let name: String
    let digest: (bytes: Int, checksum: UInt32)
    private var parts: ArraySlice<PackagePart>
    private var current: (part: PackagePart, reader: XMLPart, content: any PartContent)?
    private var omissions: [Omission]
    private var hasText = false
    private var check: BombCheck

    /// - Parameter notes: What is to know of the document from the beginning.
    init(
        _ archive: ZipArchive, of bytes: DocumentBytes, kind: String, parts: [PackagePart], notes: [Omission] = []
    ) {
        self.kind = kind
        self.archive = archive
        name = bytes.name
        digest = bytes.digest
        self.parts = parts[...]
        omissions = notes
        check = BombCheck(name: name)
    }

    mutating func takeOmissions() -> [Omission] {
        defer { omissions = [] }
        return omissions
    }

    mutating func next() throws(DocumentError) -> [TextBlock]? {
        if current == nil {
            guard let part = parts.popFirst() else { return nil }
            do throws(DocumentError) {
                guard let stream = try archive.open(part.path) else {
                    throw DocumentError.damaged(name: name, reason: "its part \(part.path) is missing")
                }
                let content = part.makeContent()
                current = (part, XMLPart(stream, name: part.path, content: content), content)
            } catch {
                return try leaveOut(part, error)
            }
        }
        guard let (part, _, content) = current else { return [] }
        do throws(DocumentError) {
            if try current?.reader.step() == true {
                let blocks = content.take()
                // Cells that share a text make much of little.
                try check.add(blocks.reduce(0) { $0 + $1.text.count }, packed: digest.bytes)
                return given(blocks)
            }
        } catch {
            current = nil
            // What was read of it is text all the same.
            let blocks = given(content.finish())
            return try blocks + leaveOut(part, error)
        }
        current = nil
        return given(content.finish())
    }

    private mutating func given(_ blocks: [TextBlock]) -> [TextBlock] {
        if !blocks.isEmpty { hasText = true }
        return blocks
    }

    /// Says that a part could not be read; where that is all there is, it is an error.
    private mutating func leaveOut(_ part: PackagePart, _ error: DocumentError) throws(DocumentError) -> [TextBlock] {
        guard let reason = error.parts?.reason, hasText || !parts.isEmpty else {
            guard case .damaged(_, let reason) = error else { throw error }
            throw .damaged(name: name, reason: reason)
        }
        omissions.append(Omission(.skipped, name, location: part.location, reason: reason))
        return []
    }
}
