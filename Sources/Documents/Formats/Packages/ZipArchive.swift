/// A ZIP archive: its directory, and its members unpacked as they are read.
package struct ZipArchive: Sendable {
    let file: ByteFile
    /// In the order of the directory, without folders.
    package let entries: [ZipEntry]
    /// The last entry of a name counts.
    private let byName: [String: Int]
    /// Entries that stand where another one does: made to unpack the same bytes again and again.
    private let overlapping: Set<Int>

    package init(_ file: ByteFile) throws(DocumentError) {
        self.file = file
        let entries = try ZipDirectory(file: file).entries().filter { !$0.isFolder }
        self.entries = entries
        byName = Dictionary(entries.indices.map { (entries[$0].name, $0) }) { $1 }
        var overlapping: Set<Int> = []
        var end = 0
        for index in entries.indices.sorted(by: { entries[$0].offset < entries[$1].offset }) {
            let entry = entries[index]
            if entry.offset < end {
                overlapping.insert(index)
            } else {
                end = entry.offset + Self.headerSize + entry.packedSize
            }
        }
        self.overlapping = overlapping
    }

    func contains(_ name: String) -> Bool { byName[name] != nil }

    /// The bytes of a member; nil where there is none of the name.
    func open(_ name: String) throws(DocumentError) -> InflateStream? {
        guard let index = byName[name] else { return nil }
        return try open(index)
    }

    /// The bytes of a member by its number in ``entries``.
    func open(_ index: Int) throws(DocumentError) -> InflateStream {
        let entry = entries[index]
        guard !entry.isEncrypted else {
            throw .damaged(name: entry.name, reason: "it is locked with a password; unpack it and name what is in it")
        }
        guard !overlapping.contains(index) else {
            throw .damaged(name: entry.name, reason: "it stands in the archive where another member does")
        }
        guard entry.method == 0 || entry.method == 8 else {
            throw .unsupported(
                name: entry.name,
                reason:
                    "it is packed by a method that is not read (number \(entry.method)); unpack it and name the file")
        }
        let header = LittleEndian(try file.read(at: entry.offset, Self.headerSize)[...])
        guard header.number(at: 0, 4) == 0x0403_4B50, let name = header.count(at: 26, 2),
            let extra = header.count(at: 28, 2)
        else { throw .damaged(name: entry.name, reason: "this member is not where the archive says; pack it again") }
        let start = entry.offset + Self.headerSize + name + extra
        guard start <= file.count, entry.packedSize <= file.count - start else {
            throw .damaged(name: entry.name, reason: "this member of the archive is cut off")
        }
        return InflateStream(FileStream(file, start..<start + entry.packedSize), of: entry, isStored: entry.method == 0)
    }

    /// All bytes of a member that is small by its nature: a list of the others.
    package func read(_ name: String, atMost limit: Int = 1 << 26) throws(DocumentError) -> [UInt8]? {
        guard var stream = try open(name) else { return nil }
        var bytes: [UInt8] = []
        while let block = try stream.next() {
            bytes += block
            guard bytes.count <= limit else {
                throw .damaged(name: file.name, reason: "its part \(name) is larger than \(limit) bytes")
            }
        }
        return bytes
    }

    /// Bytes of a member's header without its name.
    private static let headerSize = 30
}
