/// A part of a message that holds no other parts: a text, a page or a file.
struct MailPart {
    let type: String
    let charset: String?
    let encoding: String
    /// The name of the file that it is.
    let fileName: String?
    let isAttachment: Bool
    /// Its bytes as they stand in the message, and where they begin in the file.
    private(set) var body: [UInt8] = []
    let start: Int
    /// Whether it is too large to be held, and is not.
    private(set) var isTooLarge = false

    init(_ headers: MailHeaders, start: Int) {
        type = headers.word("content-type") ?? "text/plain"
        charset = headers.parameter("charset", of: "content-type")
        encoding = headers.word("content-transfer-encoding") ?? "7bit"
        let name = headers.parameter("filename", of: "content-disposition")
        // No file system has longer names.
        fileName = (name ?? headers.parameter("name", of: "content-type")).map { String($0.prefix(255)) }
        isAttachment = headers.word("content-disposition") == "attachment"
        self.start = start
    }

    /// Whether people read it as the message, and not as a file that came with it.
    var isText: Bool { !isAttachment && (type == "text/plain" || type == "text" || type == "text/enriched") }
    var isPage: Bool { !isAttachment && type == "text/html" }

    mutating func append(_ line: ArraySlice<UInt8>) {
        guard !isTooLarge, body.count + line.count <= Self.largest else {
            isTooLarge = true
            body = []
            return
        }
        body += line
    }

    /// Bytes of a part that are held at most.
    static let largest = 64 << 20

    var decoded: [UInt8] { MailEncoding.decoded(body, encoding) }

    /// What it is called where it has no name: by its type.
    var name: String {
        if let fileName, !fileName.isEmpty { return fileName }
        let names = [
            "text/plain": "text.txt", "text/html": "page.html", "application/pdf": "file.pdf",
            "message/rfc822": "message.eml",
        ]
        return names[type] ?? "file of type \(type.prefix(100))"
    }

    /// Writes a text in paragraphs; lines that are quoted are paragraphs of their own.
    /// - Parameter isUnquoted: Whether ">From " stands for "From ", as in a mailbox.
    func write(into blocks: inout MappedBlocks, location: Location, isUnquoted: Bool) -> Bool {
        let bytes = decoded
        let text = MailEncoding.text(of: bytes, charset: charset)
        // Where nothing was written otherwise, the text leads back to the file.
        let isMapped = text == body
        let mark = UInt8(ascii: ">")
        var isQuoted: Bool?
        var index = 0
        while index < text.count {
            let next = text[index...].firstIndex(of: .lineFeed).map { $0 + 1 } ?? text.count
            var line = text[index..<next]
            index = next
            while line.last?.isWhitespace == true { line.removeLast() }
            if isUnquoted, line.first == mark, line.drop(while: { $0 == mark }).starts(with: "From ".utf8) {
                line.removeFirst()
            }
            guard !line.isEmpty else {
                isQuoted = nil
                continue
            }
            let isQuote = line.first == mark
            if isQuoted == isQuote {
                blocks.write("\n")
            } else {
                blocks.close("\n\n")
                blocks.begin(.prose, location: location)
                isQuoted = isQuote
            }
            if isMapped { blocks.copy(line, at: start + line.startIndex) } else { blocks.write(line) }
        }
        blocks.close("\n\n")
        return isMapped
    }
}
