import CLibXML2

/// What a page's elements and text go to.
protocol HTMLContent: AnyObject {
    func open(_ tag: HTMLTag, _ attributes: HTMLAttributes)
    func close(_ tag: HTMLTag)
    /// - Parameter source: Where the text begins in all text that was pushed.
    func text(_ text: UnsafeBufferPointer<UInt8>, source: Int)
    /// How many elements are open.
    var depth: Int { get }
}

/// Reads a page of HTML as it comes, with libxml2, which repairs what is wrong as browsers do. It gets UTF-8, opens no file and no
/// connection, and builds no tree.
final class HTMLPushParser {
    private let content: any HTMLContent
    private var context: htmlParserCtxtPtr?
    /// Bytes that went to earlier contexts, and to all of them.
    private var contextStart = 0
    private var pushed = 0
    /// Whether the text so far seemed to be a whole page.
    private var isBehindEnd = false
    /// Text that is not parsed yet.
    private var waiting: [UInt8] = []
    /// libxml2 keeps one copy of each name, which is told by where it stands.
    private var tags: [UnsafeRawPointer: HTMLTag] = [:]
    private var numbers: [String: Int] = [:]

    init(_ content: any HTMLContent) { self.content = content }

    deinit { htmlFreeParserCtxt(context) }

    func push(_ text: [UInt8]) {
        waiting += text
        // What libxml2 takes for the end of the text.
        for index in waiting.indices.suffix(text.count) where waiting[index] == 0 { waiting[index] = 0x20 }
        // It looks through an open tag or comment again with each push: as much must be new, so that a long one takes no
        // quadratic time.
        if waiting.count >= max(Self.step, openCount) { parseWaiting(isLast: false) }
    }

    /// Parses what waits, as far as tags in it are complete: of `</scr` libxml2 2.9 makes text of the script, and the rest
    /// of the page with it.
    private func parseWaiting(isLast: Bool) {
        let text = waiting
        var start = 0
        text.withUnsafeBufferPointer { text in
            while start < text.count {
                let longest = start..<min(start + max(Self.step, openCount), text.count)
                guard let end = Self.endOfTag(text, in: longest) ?? (isLast ? text.count : nil) else { break }
                start += parse(UnsafeBufferPointer(rebasing: text[start..<end]))
                // An end tag that ends nothing is compared with all that is open.
                if content.depth > Self.deepest { endContext() }
            }
        }
        waiting = Array(text[start...])
    }

    /// Where a text can be parted: behind the last tag in a range, or the first behind that; nil where there is none yet.
    private static func endOfTag(_ text: UnsafeBufferPointer<UInt8>, in range: Range<Int>) -> Int? {
        let mark = UInt8(ascii: ">")
        if let last = text[range].lastIndex(of: mark) { return last + 1 }
        if let next = text[range.upperBound...].firstIndex(of: mark) { return next + 1 }
        // Much text without a tag.
        guard text.count - range.lowerBound > longestText else { return nil }
        let open = text[range.lowerBound...].lastIndex(of: UInt8(ascii: "<")) ?? text.count
        return open > range.lowerBound ? open : text.count
    }

    /// Bytes that libxml2 keeps because a tag or comment in them is not complete.
    private var openCount: Int {
        guard let input = context?.pointee.input?.pointee, let end = input.end, let current = input.cur else {
            return 0
        }
        return end - current
    }

    /// Ends the page; what is pushed behind that begins another.
    func finish() {
        parseWaiting(isLast: true)
        endContext()
    }

    private func endContext() {
        if let context {
            htmlParseChunk(context, nil, 0, 1)
            htmlFreeParserCtxt(context)
        }
        context = nil
        contextStart = pushed
        tags = [:]
    }

    /// Parses text; gives how much of it was taken.
    private func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        let isNew = context == nil
        guard let context = context ?? makeContext() else { return bytes.count }
        if isNew {
            self.context = context
            if isBehindEnd { beginBody() }
        }
        pushed += bytes.count
        // Where libxml2 2.9 goes on looking for the end of a tag, it has forgotten whether it stands in a quoted value,
        // and takes nothing more: it must look from the tag's beginning.
        context.pointee.checkIndex = 0
        bytes.withMemoryRebound(to: CChar.self) { _ = htmlParseChunk(context, $0.baseAddress, Int32($0.count), 0) }
        // Behind `</html>`, or an end tag that ends nothing at the beginning, libxml2 takes the page for complete. Pages go on
        // behind that all the same.
        guard context.pointee.instate == XML_PARSER_EPILOG || context.pointee.instate == XML_PARSER_EOF else {
            return bytes.count
        }
        let taken = max(position - (pushed - bytes.count), isNew && isBehindEnd ? 1 : 0)
        let left = max(bytes.count - taken, 0)
        pushed -= left
        isBehindEnd = true
        endContext()
        return bytes.count - left
    }

    private func beginBody() {
        let start = "<html><body>"
        contextStart -= start.utf8.count
        htmlParseChunk(context, start, Int32(start.utf8.count), 0)
    }

    private func makeContext() -> htmlParserCtxtPtr? {
        var handler = htmlSAXHandler()
        handler.startElement = { user, name, attributes in
            guard let name, let parser = HTMLPushParser.from(user) else { return }
            parser.content.open(parser.tag(name), HTMLAttributes(pointer: attributes))
        }
        handler.endElement = { user, name in
            guard let name, let parser = HTMLPushParser.from(user) else { return }
            parser.content.close(parser.tag(name))
        }
        handler.characters = { user, text, count in HTMLPushParser.from(user)?.take(text, count) }
        handler.ignorableWhitespace = { user, text, count in HTMLPushParser.from(user)?.take(text, count) }
        // Scripts and styles.
        handler.cdataBlock = { _, _, _ in }
        let context = htmlCreatePushParserCtxt(
            &handler, Unmanaged.passUnretained(self).toOpaque(), nil, 0, nil, XML_CHAR_ENCODING_UTF8)
        // The text is UTF-8 whatever the page says of itself.
        let options =
            HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NOERROR.rawValue | HTML_PARSE_NOWARNING.rawValue
            | HTML_PARSE_NONET.rawValue | HTML_PARSE_IGNORE_ENC.rawValue
        if let context { htmlCtxtUseOptions(context, Int32(options)) }
        return context
    }

    private static func from(_ user: UnsafeMutableRawPointer?) -> HTMLPushParser? {
        user.map { Unmanaged<HTMLPushParser>.fromOpaque($0).takeUnretainedValue() }
    }

    private func take(_ text: UnsafePointer<UInt8>?, _ count: Int32) {
        guard let text, count > 0 else { return }
        let source = max(contextStart, min(position, pushed) - Int(count))
        content.text(UnsafeBufferPointer(start: text, count: Int(count)), source: source)
    }

    /// How far libxml2 has come in all text that was pushed.
    private var position: Int {
        guard let input = context?.pointee.input?.pointee, let base = input.base, let current = input.cur else {
            return pushed
        }
        return contextStart + Int(input.consumed) + (current - base)
    }

    private func tag(_ name: UnsafePointer<UInt8>) -> HTMLTag {
        if let tag = tags[UnsafeRawPointer(name)] { return tag }
        let text = String(cString: name)
        // A page of made-up names must not fill the memory: the later ones count as one.
        let number = numbers[text] ?? min(numbers.count, Self.mostNames)
        if number < Self.mostNames { numbers[text] = number }
        let tag = HTMLTag(name: text, number: number)
        if tags.count < Self.mostNames { tags[UnsafeRawPointer(name)] = tag }
        return tag
    }

    /// Bytes that are parsed at once.
    private static let step = 1 << 14
    /// Bytes without a tag that are kept together.
    private static let longestText = 1 << 18
    /// Elements in one another at most; those of a page behind that stand beside them.
    private static let deepest = 1000
    /// Names of elements that are told apart.
    private static let mostNames = 1000
}
