/// A message (`.eml`) or a mailbox of them (`.mbox`): who writes to whom about what, the text, and what is attached.
///
/// Messages are read as they come; of a message no more than a part is held.
struct MailMessages: BlockSource {
    let kind: String? = "mail"
    /// Reads what is attached, whatever its format.
    typealias Opener = (DocumentBytes) throws(DocumentError) -> any BlockSource

    private var bytes: DocumentBytes
    private let open: Opener
    private let isMailbox: Bool
    private var splitter = LineSplitter()
    private var lines: ArraySlice<Line> = []
    private var isAtEnd = false
    private var blocks = MappedBlocks()
    private var found: [TextBlock] = []
    private var omissions: [Omission] = []
    /// What is attached and was not read to its end; its title stands before it.
    private var attached: ArraySlice<(title: [TextBlock], source: any BlockSource, location: Location)> = []

    private var state = State.headers
    private var headers: [UInt8] = []
    private var part: MailPart?
    private var containers: [Container] = []
    private var location = Location()
    private var isBehindBlankLine = true
    /// Whether the next headers are those of a message, and not of a part.
    private var isMessage = true
    private var messageDepth = 0

    private enum State {
        case headers, body, between
    }

    /// Parts that stand between lines with a boundary.
    private struct Container {
        let boundary: [UInt8]
        /// Whether its parts say the same in different forms.
        let isAlternative: Bool
        var textSize = 0
        var page: MailPart?
    }

    init(_ bytes: DocumentBytes, open: @escaping Opener) throws(DocumentError) {
        self.bytes = bytes
        self.open = open
        isMailbox = try self.bytes.head(5).elementsEqual("From ".utf8)
        location.message = 1
    }

    var digest: (bytes: Int, checksum: UInt32) { bytes.digest }

    mutating func takeOmissions() -> [Omission] {
        defer { omissions = [] }
        return omissions
    }

    mutating func next() throws(DocumentError) -> [TextBlock]? {
        while true {
            if let blocks = nextAttached() { return blocks }
            while attached.isEmpty, let line = lines.popFirst() { take(line) }
            if !found.isEmpty {
                defer { found = [] }
                return found
            }
            guard attached.isEmpty else { continue }
            guard !isAtEnd else { return nil }
            if let block = try bytes.next() {
                lines = splitter.push(block)[...]
            } else {
                isAtEnd = true
                for line in splitter.finish() { take(line) }
                endMessage()
            }
        }
    }

    /// The next blocks of what is attached, unless blocks of the message stand before them; nil where there are none.
    private mutating func nextAttached() -> [TextBlock]? {
        while found.isEmpty, let first = attached.indices.first {
            let location = attached[first].location
            if !attached[first].title.isEmpty {
                defer { attached[first].title = [] }
                return attached[first].title
            }
            do {
                let blocks = try attached[first].source.next()
                omissions += attached[first].source.takeOmissions().map {
                    Omission($0.kind, bytes.name, location: location, reason: $0.reason)
                }
                if let blocks { return blocks.map { located($0, location) } }
            } catch {
                omit(error.parts?.reason ?? error.description, location)
            }
            attached = attached.dropFirst()
        }
        return nil
    }

    /// A block of what is attached leads to the message, and to its place in the attachment.
    private func located(_ block: TextBlock, _ location: Location) -> TextBlock {
        var block = block
        block.runs = []
        block.lines = []
        var marks = block.marks
        if marks.first?.text != 0 { marks.insert((0, Location()), at: 0) }
        block.marks = marks.map { mark in
            var place = mark.location
            place.message = location.message
            place.time = place.time ?? location.time
            place.member = [location.member, place.member].compactMap(\.self).joined(separator: "/")
            if place.member?.isEmpty == true { place.member = nil }
            return (mark.text, place)
        }
        return block
    }

    private mutating func omit(_ reason: String, _ location: Location) {
        omissions.append(Omission(.skipped, bytes.name, location: location, reason: reason))
    }

    // MARK: Lines

    private mutating func take(_ line: Line) {
        defer { isBehindBlankLine = line.isBlank }
        if isMailbox, !line.isContinuation, isBehindBlankLine, Self.partsMessages(line.text) {
            endMessage()
            location = Location()
            messages += 1
            location.message = messages
            state = .headers
            isMessage = true
        } else if !line.isContinuation, line.text.starts(with: "--".utf8), endsPart(line.text) {
            return
        } else {
            switch state {
            case .headers:
                if line.isBlank {
                    // Blank lines before headers belong to nothing.
                    if !headers.isEmpty || !isMessage { beginBody(at: line.text.endIndex) }
                } else if headers.count + line.text.count <= Self.longestHeaders {
                    headers += line.text
                }
            case .body: part?.append(line.text)
            case .between: break
            }
        }
    }

    /// Messages that began so far.
    private var messages = 0

    /// Bytes of headers that are read, parts within each other, and messages within each other, at most.
    private static let longestHeaders = 1 << 18
    private static let deepest = 64
    private static let deepestMessage = 16

    private mutating func endsPart(_ line: ArraySlice<UInt8>) -> Bool {
        var text = line
        while text.last?.isWhitespace == true { text.removeLast() }
        let name = text.dropFirst(2)
        guard
            let index = containers.lastIndex(where: {
                name.starts(with: $0.boundary)
                    && (name.count == $0.boundary.count || name.dropFirst($0.boundary.count).elementsEqual("--".utf8))
            })
        else { return false }
        let isLast = name.count > containers[index].boundary.count
        endPart()
        while containers.count > index + 1 { endContainer() }
        if isLast { endContainer() }
        state = isLast ? .between : .headers
        headers = []
        isMessage = false
        return true
    }

    private mutating func endMessage() {
        if state == .headers, !headers.isEmpty { beginBody(at: 0) }
        endPart()
        while !containers.isEmpty { endContainer() }
        messageDepth = 0
        headers = []
    }

    private mutating func endContainer() {
        guard let container = containers.popLast() else { return }
        // A text of a few words says no more than that the message is to be seen as a page.
        if let page = container.page, container.textSize < Self.shortText, page.body.count > 10 * container.textSize {
            read(page)
        }
    }

    // MARK: Parts

    private mutating func beginBody(at offset: Int) {
        let headers = MailHeaders(headers)
        self.headers = []
        if isMessage { writeHeading(headers) }
        isMessage = false
        let type = headers.word("content-type") ?? ""
        if type.hasPrefix("multipart/"), let boundary = headers.parameter("boundary", of: "content-type"),
            containers.count < Self.deepest
        {
            containers.append(Container(boundary: Array(boundary.utf8), isAlternative: type == "multipart/alternative"))
            state = .between
        } else if type == "message/rfc822", messageDepth < Self.deepestMessage,
            headers.word("content-transfer-encoding") != "base64"
        {
            messageDepth += 1
            isMessage = true
            state = .headers
        } else {
            part = MailPart(headers, start: offset)
            state = .body
        }
    }

    /// Who writes to whom, when, about what.
    private mutating func writeHeading(_ headers: MailHeaders) {
        if messageDepth == 0 { location.time = headers.text("date") }
        let lines = ["From", "To", "Cc", "Date", "Subject"].compactMap { name in
            headers.text(name.lowercased()).map { "\(name): \($0)" }
        }
        guard !lines.isEmpty else { return }
        blocks.begin(.heading, level: messageDepth + 1, location: location)
        blocks.write(lines.joined(separator: "\n"))
        blocks.close("\n\n")
        takeBlocks(isMapped: false)
    }

    private mutating func takeBlocks(isMapped: Bool) {
        let isMapped = isMapped && bytes.isOwn
        found += blocks.take().map { block in
            var block = block
            if !isMapped { block.runs = [] }
            return block
        }
    }

    private mutating func endPart() {
        guard let part else { return }
        self.part = nil
        let alternative = containers.lastIndex(where: \.isAlternative)
        if let alternative, part.isPage {
            containers[alternative].page = containers[alternative].page ?? part
            return
        }
        if let alternative, part.isText, !part.body.allSatisfy(\.isWhitespace) {
            containers[alternative].textSize += part.body.count
        }
        read(part)
    }

    private mutating func read(_ part: MailPart) {
        var place = location
        if !part.isText && !part.isPage { place.member = part.name }
        guard !part.isTooLarge else {
            omit(
                "'\(part.name)' is larger than \(MailPart.largest >> 20) MB; save it as a file to have it read",
                place)
            return
        }
        if part.isText {
            // A mailbox quotes what looks like the beginning of a message.
            let isMapped = part.write(into: &blocks, location: place, isUnquoted: isMailbox)
            return takeBlocks(isMapped: isMapped)
        }
        let content =
            part.isPage || part.type.hasPrefix("text/")
            ? MailEncoding.text(of: part.decoded, charset: part.charset) : part.decoded
        guard !content.isEmpty else { return }
        guard bytes.depth < Self.deepestMessage else { return omit("'\(part.name)' is packed too deep", place) }
        let name = part.isPage ? "\(part.name).html" : part.name
        let attachment = DocumentBytes(
            unpacking: FileStream(ByteFile(content, name: name)), name: name, depth: bytes.depth)
        do {
            attached.append((part.isPage ? [] : [title(of: part, place)], try open(attachment), place))
        } catch {
            omit("the attachment '\(part.name)' is not read: \(error.parts?.reason ?? error.description)", place)
        }
    }

    private func title(of part: MailPart, _ place: Location) -> TextBlock {
        TextBlock(.heading, level: messageDepth + 2, text: Array("Attachment: \(part.name)\n\n".utf8), location: place)
    }

    /// Whether a line begins a message of a mailbox: `From ann@example.org Sat Nov 28 09:00:00 2026`, where a sentence has no time of day.
    private static func partsMessages(_ line: some Collection<UInt8>) -> Bool {
        let words = line.split(separator: UInt8(ascii: " "))
        return words.first?.elementsEqual("From".utf8) == true && words.count >= 6
            && words.contains { word in
                word.count(where: { $0 == UInt8(ascii: ":") }) >= 1
                    && word.allSatisfy { $0.isDigit || $0 == UInt8(ascii: ":") }
            }
    }

    /// Bytes of a text that may only stand for the page beside it.
    private static let shortText = 200

    // MARK: Detection

    /// Whether bytes are a message or a mailbox.
    static func isOne(_ head: ArraySlice<UInt8>, name: String) -> Bool {
        let name = name.lowercased()
        let isNamed = [".eml", ".mbox", ".mbx", ".mht", ".mhtml"].contains(where: name.hasSuffix)
        if head.starts(with: "From ".utf8), let feed = head.firstIndex(of: .lineFeed) {
            return MailHeaders.begin(head[(feed + 1)...], isNamed: isNamed)
        }
        return MailHeaders.begin(head, isNamed: isNamed)
    }
}
