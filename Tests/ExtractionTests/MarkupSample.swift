import Documents
import Foundation

/// Documents of the fixtures, and what is extracted from them.
enum MarkupSample {
    /// What reading a document gave.
    struct Extraction {
        var blocks: [TextBlock] = []
        var omissions: [Omission] = []
        var digest: (bytes: Int, checksum: UInt32) = (0, 0)

        var text: String { blocks.map(MarkupSample.text).joined() }
        var kinds: [TextBlock.Kind] { blocks.map(\.kind) }

        /// The first block that holds a text.
        func block(_ text: String) -> TextBlock? { blocks.first { MarkupSample.text($0).contains(text) } }
        func location(_ text: String) -> Location? { block(text)?.marks.first?.location }
    }

    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/markup")

    static func path(_ name: String) -> String { folder.appending(path: name).path }

    static func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: folder.appending(path: name))) }

    static func text(_ block: TextBlock) -> String { String(decoding: block.text, as: UTF8.self) }

    static func read(_ document: Document) throws -> Extraction {
        var reader = try BlockReader(document)
        var extraction = Extraction()
        while let blocks = try reader.next() {
            extraction.blocks += blocks
            extraction.omissions += reader.takeOmissions()
        }
        extraction.omissions += reader.takeOmissions()
        extraction.digest = reader.digest
        return extraction
    }

    static func read(_ name: String) throws -> Extraction { try read(.file(path: path(name))) }

    /// Reads bytes as a file of a name.
    static func read(_ bytes: [UInt8], name: String) throws -> Extraction {
        let folder = FileManager.default.temporaryDirectory.appending(path: "markup-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: name)
        try Data(bytes).write(to: file)
        return try read(.file(path: file.path))
    }

    /// A page of HTML in pieces of a size.
    static func page(_ html: String, pieces: Int = .max) -> Extraction {
        let bytes = Array(html.utf8)
        var parser = TextFormat.html.makeParser()
        var extraction = Extraction()
        for start in stride(from: 0, to: bytes.count, by: min(pieces, max(bytes.count, 1))) {
            extraction.blocks += parser.push(Array(bytes[start...].prefix(pieces)))
        }
        extraction.blocks += parser.finish()
        extraction.omissions = parser.takeOmissions()
        return extraction
    }

    /// The text of blocks without white space, bars and the marks of items and notes.
    static func letters(_ extraction: Extraction) -> String {
        extraction.blocks.map { block in
            var text = text(block)[...]
            if block.kind == .listItem {
                text = text.drop { $0 == " " }
                text = text.drop { $0 == "-" || $0.isNumber || $0 == "." }
            }
            return letters(text.replacing("[1]", with: ""))
        }.joined()
    }

    /// The text of the Markdown that all fixtures are made of, likewise.
    static func truth() throws -> String {
        let markdown = String(decoding: try bytes("house.md"), as: UTF8.self)
        return markdown.split(separator: "\n").filter { !$0.hasPrefix("|--") }.map { line in
            letters(line.drop { $0 == "#" || $0 == "-" }.replacing("[^1]: ", with: "").replacing("[^1]", with: ""))
        }.joined()
    }

    private static func letters(_ text: some StringProtocol) -> String {
        String(text.filter { !$0.isWhitespace && $0 != "|" })
    }
}

/// Writes ZIP archives, correct ones and others.
struct ZipWriter {
    struct Member {
        var name: String
        /// As it stands in the archive.
        var packed: [UInt8]
        var size: Int
        var checksum: UInt32
        var method: UInt16 = 0
        var flags: UInt16 = 0x0800
        /// Where the directory says that it stands; nil is where it does.
        var offset: UInt32?

        init(_ name: String, _ content: [UInt8]) {
            self.name = name
            packed = content
            size = content.count
            checksum = ZipWriter.checksum(content)
        }
    }

    static func archive(_ members: [Member]) -> [UInt8] {
        var (bytes, directory): ([UInt8], [UInt8]) = ([], [])
        for member in members {
            let offset = member.offset ?? UInt32(bytes.count)
            let common =
                number(member.flags) + number(member.method) + number(UInt32(0)) + number(member.checksum)
                + number(UInt32(member.packed.count)) + number(UInt32(member.size))
                + number(UInt16(member.name.utf8.count)) + number(UInt16(0))
            bytes += number(UInt32(0x0403_4B50)) + number(UInt16(20)) + common + Array(member.name.utf8) + member.packed
            directory += number(UInt32(0x0201_4B50)) + number(UInt16(20)) + number(UInt16(20)) + common
            directory += [UInt8](repeating: 0, count: 10) + number(offset) + Array(member.name.utf8)
        }
        let start = UInt32(bytes.count)
        bytes += directory + number(UInt32(0x0605_4B50)) + number(UInt32(0)) + number(UInt16(members.count))
        return bytes + number(UInt16(members.count)) + number(UInt32(directory.count)) + number(start)
            + number(UInt16(0))
    }

    private static func number<Number: FixedWidthInteger>(_ value: Number) -> [UInt8] {
        withUnsafeBytes(of: value.littleEndian) { Array($0) }
    }

    static func checksum(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(~UInt32(0)) { crc, byte in
            (0..<8).reduce(crc ^ UInt32(byte)) { crc, _ in crc >> 1 ^ (crc & 1 == 0 ? 0 : 0xEDB8_8320) }
        }
    }
}
