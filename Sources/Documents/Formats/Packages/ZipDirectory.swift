/// Finds and reads the directory of a ZIP archive, which stands at its end.
struct ZipDirectory {
    let file: ByteFile

    /// The members in the order of the directory.
    func entries() throws(DocumentError) -> [ZipEntry] {
        let (range, shift) = try locate()
        guard range.count <= Self.largest else {
            throw .damaged(name: file.name, reason: "the directory of the archive is larger than \(Self.largest) bytes")
        }
        let bytes = try file.read(at: range.lowerBound, range.count)
        var entries: [ZipEntry] = []
        var offset = 0
        while let (entry, length) = entry(LittleEndian(bytes[min(offset, bytes.count)...]), shift: shift) {
            entries.append(entry)
            offset += length
        }
        guard !entries.isEmpty || range.isEmpty else {
            throw .damaged(name: file.name, reason: "the directory of the archive is damaged; pack it again")
        }
        return entries
    }

    /// Where the directory stands, and how far the archive begins behind the file's beginning.
    private func locate() throws(DocumentError) -> (range: Range<Int>, shift: Int) {
        let tailStart = max(0, file.count - Self.longestEnd)
        let tail = try file.read(at: tailStart, file.count - tailStart)
        var index = tail.count - Self.endSize
        while index >= 0 {
            let end = LittleEndian(tail[index...])
            if end.number(at: 0, 4) == 0x0605_4B50, let size = end.count(at: 12, 4), let start = end.count(at: 16, 4) {
                var (size, start) = (size, start)
                var behind = tailStart + index
                if let large = try largeDirectory(before: behind) { (size, start, behind) = large }
                // Bytes may stand before the archive; its offsets do not count them.
                let shift = behind - size - start
                if size >= 0, start >= 0, shift >= 0 {
                    return (behind - size..<behind, try begins(at: start, size) ? 0 : shift)
                }
            }
            index -= 1
        }
        throw .damaged(
            name: file.name, reason: "this is a ZIP archive without its end, where the directory is; copy it again")
    }

    /// Whether the directory stands where its offset says, counted from the file's beginning.
    private func begins(at start: Int, _ size: Int) throws(DocumentError) -> Bool {
        size == 0 ? true : LittleEndian(try file.read(at: start, 4)[...]).number(at: 0, 4) == 0x0201_4B50
    }

    /// What an archive of more than 4 GB says of its directory, before the usual end.
    private func largeDirectory(before end: Int) throws(DocumentError) -> (size: Int, start: Int, behind: Int)? {
        let locator = LittleEndian(try file.read(at: end - 20, 20)[...])
        guard locator.number(at: 0, 4) == 0x0706_4B50, let offset = locator.count(at: 8, 8) else { return nil }
        let record = LittleEndian(try file.read(at: offset, 56)[...])
        guard record.number(at: 0, 4) == 0x0606_4B50, let size = record.count(at: 40, 8),
            let start = record.count(at: 48, 8), size <= offset, start <= offset
        else { return nil }
        return (size, start, offset)
    }

    private func entry(_ bytes: LittleEndian, shift: Int) -> (ZipEntry, length: Int)? {
        guard bytes.number(at: 0, 4) == 0x0201_4B50, let flags = bytes.number(at: 8, 2),
            let method = bytes.count(at: 10, 2), let checksum = bytes.number(at: 16, 4),
            let packedSize = bytes.count(at: 20, 4), let size = bytes.count(at: 24, 4),
            let nameLength = bytes.count(at: 28, 2), let extraLength = bytes.count(at: 30, 2),
            let commentLength = bytes.count(at: 32, 2), let offset = bytes.count(at: 42, 4)
        else { return nil }
        let length = Self.entrySize + nameLength + extraLength + commentLength
        guard length <= bytes.bytes.count else { return nil }
        let nameStart = bytes.bytes.startIndex + Self.entrySize
        let name = bytes.bytes[nameStart..<nameStart + nameLength]
        let extra = bytes.bytes[nameStart + nameLength..<nameStart + nameLength + extraLength]
        var entry = ZipEntry(
            name: Self.text(name, isUTF8: flags & 0x0800 != 0, extra: extra), method: method,
            isEncrypted: flags & 1 != 0, checksum: UInt32(truncatingIfNeeded: checksum), packedSize: packedSize,
            size: size, offset: offset)
        guard Self.readLargeSizes(extra, into: &entry) else { return nil }
        entry.offset += shift
        return (entry, length)
    }

    /// Sizes and offsets that do not fit into 32 bits stand in an extra field, in this order.
    private static func readLargeSizes(_ extra: ArraySlice<UInt8>, into entry: inout ZipEntry) -> Bool {
        let paths: [WritableKeyPath<ZipEntry, Int>] = [\.size, \.packedSize, \.offset]
        guard paths.contains(where: { entry[keyPath: $0] == 0xFFFF_FFFF }) else { return true }
        guard let field = field(0x0001, in: extra) else { return true }
        var offset = 0
        for path in paths where entry[keyPath: path] == 0xFFFF_FFFF {
            guard let value = field.count(at: offset, 8) else { return false }
            entry[keyPath: path] = value
            offset += 8
        }
        return true
    }

    private static func field(_ number: UInt64, in extra: ArraySlice<UInt8>) -> LittleEndian? {
        var rest = extra
        while let found = LittleEndian(rest).number(at: 0, 2), let length = LittleEndian(rest).count(at: 2, 2) {
            let content = rest.dropFirst(4).prefix(length)
            if found == number { return LittleEndian(content) }
            rest = rest.dropFirst(4 + length)
        }
        return nil
    }

    /// A name: UTF-8 where the archive says so or it can be nothing else, else in the characters of the first IBM PC.
    private static func text(_ bytes: ArraySlice<UInt8>, isUTF8: Bool, extra: ArraySlice<UInt8>) -> String {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        // Info-ZIP's name in UTF-8, behind a version and a checksum.
        if let field = field(0x7075, in: extra), let text = String(validating: field.bytes.dropFirst(5), as: UTF8.self)
        {
            return text
        }
        if isUTF8 { return String(decoding: bytes, as: UTF8.self) }
        return String(
            String.UnicodeScalarView(bytes.map { $0 < 0x80 ? Unicode.Scalar($0) : codePage437[Int($0) - 0x80] }))
    }

    private static let codePage437 = Array(
        ("ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■"
            + "\u{A0}").unicodeScalars)

    /// Bytes of the record at the end, and at most with the comment behind it and the records before it.
    private static let endSize = 22
    private static let longestEnd = 22 + 65535 + 20
    /// Bytes of an entry without its name.
    private static let entrySize = 46
    private static let largest = 1 << 28
}
