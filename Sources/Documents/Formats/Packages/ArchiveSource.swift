/// The blocks of an archive: those of its members, each read by its own format. Nothing is written to where a member's name says.
struct ArchiveSource: BlockSource {
    let kind: String? = "archive"
    typealias Open = (DocumentBytes) throws(DocumentError) -> any BlockSource

    private let name: String
    private let depth: Int
    private let open: Open
    private var members: any ArchiveMembers
    /// The member that is read.
    private var current: (name: String, source: any BlockSource)?
    /// The last block of it, which must end with a blank line if nothing follows.
    private var last: TextBlock?
    /// Whether nothing of the member was given yet.
    private var isAtStart = true
    private var omissions: [Omission] = []
    private var isAtEnd = false

    /// Of a ZIP archive.
    init(zip archive: ZipArchive, of bytes: DocumentBytes, open: @escaping Open) throws(DocumentError) {
        try PackingDepth.check(bytes.depth, name: bytes.name)
        name = bytes.name
        depth = bytes.depth
        self.open = open
        members = ZipMembers(archive, digest: bytes.digest)
    }

    /// Of a tar archive.
    init(tar bytes: DocumentBytes, open: @escaping Open) throws(DocumentError) {
        try PackingDepth.check(bytes.depth, name: bytes.name)
        name = bytes.name
        depth = bytes.depth
        self.open = open
        members = TarMembers(bytes)
    }

    var digest: (bytes: Int, checksum: UInt32) { members.digest }

    mutating func takeOmissions() -> [Omission] {
        takeOmissionsOfMember()
        defer { omissions = [] }
        return omissions
    }

    mutating func next() throws(DocumentError) -> [TextBlock]? {
        guard !isAtEnd else { return nil }
        guard current == nil else { return try blocksOfMember() }
        do {
            guard let member = try members.next() else {
                isAtEnd = true
                return []
            }
            try begin(member)
        } catch {
            // What was read is text all the same, and the damage is said.
            try leaveOut(nil, error)
            isAtEnd = true
        }
        return []
    }

    private mutating func begin(_ member: ArchiveMember) throws(DocumentError) {
        guard !Self.isHidden(member.name) else {
            omissions.append(
                Omission(.ignored, name, location: Self.placed(nil, in: member.name), reason: "hidden"))
            return
        }
        do {
            let stream = try member.content.get()
            current = (member.name, try open(DocumentBytes(unpacking: stream, name: member.name, depth: depth)))
            isAtStart = true
        } catch {
            try leaveOut(member.name, error)
        }
    }

    private mutating func blocksOfMember() throws(DocumentError) -> [TextBlock] {
        guard let name = current?.name else { return [] }
        do {
            if let blocks = try current?.source.next() {
                guard let newest = blocks.last else { return [] }
                defer { last = newest }
                return placed((last.map { [$0] } ?? []) + blocks.dropLast(), in: name)
            }
        } catch {
            try leaveOut(name, error)
        }
        takeOmissionsOfMember()
        current = nil
        guard var block = last else { return [] }
        last = nil
        block.continues = false
        while !block.text.suffix(2).elementsEqual([.lineFeed, .lineFeed]) { block.text.append(.lineFeed) }
        return placed([block], in: name)
    }

    private mutating func placed(_ blocks: [TextBlock], in member: String) -> [TextBlock] {
        var blocks = blocks.map { Self.placed($0, in: member) }
        if isAtStart, !blocks.isEmpty {
            blocks[0].startsPart = true
            isAtStart = false
        }
        return blocks
    }

    /// The block as one of a member: bytes of the member are no bytes of the file.
    private static func placed(_ block: TextBlock, in member: String) -> TextBlock {
        var block = block
        block.runs = []
        if block.marks.isEmpty { block.marks = [(0, Location())] }
        for index in block.marks.indices {
            block.marks[index].location = placed(block.marks[index].location, in: member)
        }
        return block
    }

    private static func placed(_ location: Location?, in member: String) -> Location {
        var location = location ?? Location()
        location.member = location.member.map { "\(member)/\($0)" } ?? member
        return location
    }

    private mutating func takeOmissionsOfMember() {
        guard let member = current?.name, let found = current?.source.takeOmissions() else { return }
        for var omission in found {
            omission.document = name
            omission.location = Self.placed(omission.location, in: member)
            omissions.append(omission)
        }
    }

    /// Says that a member, or the rest of the archive, was not read.
    private mutating func leaveOut(_ member: String?, _ error: DocumentError) throws(DocumentError) {
        guard let reason = error.parts?.reason else { throw error }
        omissions.append(Omission(.skipped, name, location: member.map { Self.placed(nil, in: $0) }, reason: reason))
    }

    /// What systems put into archives for themselves.
    private static func isHidden(_ name: String) -> Bool {
        name.split(separator: "/").contains {
            ($0.hasPrefix(".") && $0 != "." && $0 != "..") || $0 == "__MACOSX" || $0 == "Thumbs.db"
                || $0 == "desktop.ini"
        }
    }
}
