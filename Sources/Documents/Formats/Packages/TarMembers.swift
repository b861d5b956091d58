/// The members of a tar archive, as they come: ustar, with the long names of GNU and of POSIX (pax).
struct TarMembers: ArchiveMembers {
    private let reader: TarReader
    /// A name that stands before the member that has it.
    private var longName: String?

    init(_ bytes: DocumentBytes) { reader = TarReader(PackedBytes(bytes)) }

    var digest: (bytes: Int, checksum: UInt32) { reader.digest }

    /// Whether a file begins with the header of a member.
    static func isOne(_ head: ArraySlice<UInt8>) -> Bool { TarHeader(head) != nil }

    mutating func next() throws(DocumentError) -> ArchiveMember? {
        while true {
            try reader.skipRest()
            guard let header = try reader.header() else {
                try reader.drain()
                return nil
            }
            let large = largeSize
            largeSize = nil
            reader.begin(large ?? header.size)
            switch header.kind {
            case UInt8(ascii: "0"), 0, UInt8(ascii: "7"):
                let name = longName ?? header.name
                longName = nil
                return ArchiveMember(name: name, content: .success(TarMemberStream(reader: reader)))
            case UInt8(ascii: "L"):
                longName = String(decoding: try smallContent().prefix { $0 != 0 }, as: UTF8.self)
            case UInt8(ascii: "x"):
                try readRecords()
            case UInt8(ascii: "g"), UInt8(ascii: "K"): break
            default:
                // A folder, or a link: no text of its own.
                longName = nil
            }
        }
    }

    private var largeSize: Int?

    /// What POSIX writes before a member: `LENGTH KEY=VALUE\n`.
    private mutating func readRecords() throws(DocumentError) {
        var rest = try smallContent()[...]
        while let blank = rest.firstIndex(of: 0x20),
            let length = Int(String(decoding: rest[..<blank], as: UTF8.self)), length > 0, length <= rest.count
        {
            let record = rest.prefix(length).dropFirst(blank - rest.startIndex + 1).dropLast()
            rest = rest.dropFirst(length)
            guard let equals = record.firstIndex(of: UInt8(ascii: "=")) else { continue }
            let value = String(decoding: record[(equals + 1)...], as: UTF8.self)
            switch String(decoding: record[..<equals], as: UTF8.self) {
            case "path": longName = value
            case "size": largeSize = Int(value).flatMap { $0 >= 0 ? $0 : nil }
            default: break
            }
        }
    }

    private func smallContent() throws(DocumentError) -> [UInt8] {
        var bytes: [UInt8] = []
        while let block = try reader.content(), bytes.count <= Self.longestName { bytes += block }
        return bytes
    }

    private static let longestName = 1 << 16
}

/// The header of a member of a tar archive.
struct TarHeader {
    let name: String
    let size: Int
    let kind: UInt8

    static let size = 512

    /// Nil where the bytes are no header.
    init?(_ bytes: ArraySlice<UInt8>) {
        guard bytes.count >= Self.size else { return nil }
        let bytes = Array(bytes.prefix(Self.size))
        // The checksum counts its own field as blanks.
        let sum = bytes.indices.reduce(0) { $0 + ((148..<156).contains($1) ? 0x20 : Int(bytes[$1])) }
        guard let checksum = Self.number(bytes[148..<156]), checksum == sum, bytes[0] != 0 else { return nil }
        guard let size = Self.number(bytes[124..<136]) else { return nil }
        self.size = size
        kind = bytes[156]
        let isPOSIX = bytes[257..<262].elementsEqual("ustar".utf8) && bytes[262] == 0
        let prefix = isPOSIX ? Self.text(bytes[345..<500]) : ""
        name = (prefix.isEmpty ? "" : prefix + "/") + Self.text(bytes[0..<100])
    }

    private static func text(_ field: ArraySlice<UInt8>) -> String {
        String(decoding: field.prefix { $0 != 0 }, as: UTF8.self)
    }

    /// Octal digits, or for large numbers the bytes themselves behind a set bit.
    private static func number(_ field: ArraySlice<UInt8>) -> Int? {
        if field.first == 0x80 {
            let value = field.dropFirst().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            return value < 1 << 56 && !field.dropFirst().prefix(max(0, field.count - 9)).contains { $0 != 0 }
                ? Int(value) : nil
        }
        let digits = field.drop { $0 == 0x20 }.prefix { $0 != 0x20 && $0 != 0 }
        return digits.isEmpty
            ? 0 : Int(String(decoding: digits, as: UTF8.self), radix: 8).flatMap { $0 >= 0 ? $0 : nil }
    }
}

/// Reads a tar archive in order; the member that is open and the archive share it.
final class TarReader {
    private let bytes: PackedBytes
    private var block: ArraySlice<UInt8> = []
    /// Bytes of the member that are still to come, and those that fill up its last 512 bytes.
    private var rest = 0
    private var padding = 0

    init(_ bytes: PackedBytes) { self.bytes = bytes }

    var digest: (bytes: Int, checksum: UInt32) { bytes.digest }

    /// The next header; nil at the end of the archive.
    func header() throws(DocumentError) -> TarHeader? {
        var header: [UInt8] = []
        while header.count < TarHeader.size, let part = try take(TarHeader.size - header.count) { header += part }
        guard header.contains(where: { $0 != 0 }) else { return nil }
        guard let found = TarHeader(header[...]) else {
            throw .damaged(name: bytes.name, reason: "the archive is damaged, or cut off; what follows was not read")
        }
        return found
    }

    func begin(_ size: Int) {
        rest = size
        padding = (TarHeader.size - size % TarHeader.size) % TarHeader.size
    }

    /// More bytes of the member; nil behind its last one.
    func content() throws(DocumentError) -> [UInt8]? {
        guard rest > 0 else { return nil }
        guard let part = try take(rest) else {
            rest = 0
            throw .damaged(name: bytes.name, reason: "the archive is cut off")
        }
        rest -= part.count
        return Array(part)
    }

    func skipRest() throws(DocumentError) {
        while rest > 0 || padding > 0 {
            guard let part = try take(rest > 0 ? rest : padding) else {
                (rest, padding) = (0, 0)
                return
            }
            if rest > 0 { rest -= part.count } else { padding -= part.count }
        }
    }

    /// Goes to the end of the file, for its checksum.
    func drain() throws(DocumentError) {
        block = []
        while try bytes.next() != nil {}
    }

    private func take(_ count: Int) throws(DocumentError) -> ArraySlice<UInt8>? {
        if block.isEmpty {
            guard let next = try bytes.next() else { return nil }
            block = next[...]
        }
        defer { block = block.dropFirst(count) }
        return block.prefix(count)
    }
}

/// The bytes of a member of a tar archive.
struct TarMemberStream: ByteStream {
    let reader: TarReader

    func next() throws(DocumentError) -> [UInt8]? { try reader.content() }
}
