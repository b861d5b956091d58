/// A member of an archive, and its bytes.
struct ArchiveMember {
    let name: String
    let content: Result<any ByteStream, DocumentError>
}

/// Gives the members of an archive, one after the other.
protocol ArchiveMembers {
    /// The next member that is a file; nil behind the last one. Its bytes are there until the next is asked for.
    mutating func next() throws(DocumentError) -> ArchiveMember?
    /// Size and CRC-32C of the archive's bytes read so far.
    var digest: (bytes: Int, checksum: UInt32) { get }
}

/// The members of a ZIP archive, in the order of their names.
struct ZipMembers: ArchiveMembers {
    private let archive: ZipArchive
    private var order: ArraySlice<Int>
    let digest: (bytes: Int, checksum: UInt32)

    init(_ archive: ZipArchive, digest: (bytes: Int, checksum: UInt32)) {
        self.archive = archive
        self.digest = digest
        order = archive.entries.indices.sorted { archive.entries[$0].name < archive.entries[$1].name }[...]
    }

    mutating func next() throws(DocumentError) -> ArchiveMember? {
        guard let index = order.popFirst() else { return nil }
        let content = Result { () throws(DocumentError) -> any ByteStream in try archive.open(index) }
        return ArchiveMember(name: archive.entries[index].name, content: content)
    }
}
