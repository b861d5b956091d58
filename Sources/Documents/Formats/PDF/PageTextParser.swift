import CLibXML2

/// Reads what `pdftotext -bbox-layout` writes: `page`, in it `flow`, `block`, `line` and `word`, the last with its rectangle.
///
/// Nothing of `flow` and `block` is used: at narrow gaps they run from one column into the other, and so do lines.
final class PageTextParser {
    private var context: xmlParserCtxtPtr?
    private var repair = CharacterRepair()
    private var pages: [PageText] = []
    private var page: PageText?
    private var words: [PageWord] = []
    private var box = Location.Box(left: 0, top: 0, right: 0, bottom: 0)
    private var text: [UInt8]?
    private(set) var pageCount = 0

    /// Words of a line, and lines of a page, at most: beyond that a new one begins, so that no document can fill memory.
    private static let (longestLine, longestPage) = (1_000, 20_000)

    init() {
        var handler = xmlSAXHandler()
        handler.initialized = UInt32(XML_SAX2_MAGIC)
        handler.startElementNs = { object, name, _, _, _, _, count, _, attributes in
            PageTextParser.of(object)?.start(name, attributes, count: Int(count))
        }
        handler.endElementNs = { object, name, _, _ in PageTextParser.of(object)?.end(name) }
        handler.characters = { object, text, count in
            PageTextParser.of(object)?.take(UnsafeBufferPointer(start: text, count: Int(count)))
        }
        context = xmlCreatePushParserCtxt(&handler, Unmanaged.passUnretained(self).toOpaque(), nil, 0, nil)
        let options = [XML_PARSE_RECOVER, XML_PARSE_NONET, XML_PARSE_NOERROR, XML_PARSE_NOWARNING]
        xmlCtxtUseOptions(context, options.reduce(0) { $0 | Int32($1.rawValue) })
    }

    deinit { xmlFreeParserCtxt(context) }

    private static func of(_ object: UnsafeMutableRawPointer?) -> PageTextParser? {
        object.map { Unmanaged<PageTextParser>.fromOpaque($0).takeUnretainedValue() }
    }

    /// Takes more of the output; gives the pages that are complete now.
    func push(_ block: [UInt8]) -> [PageText] { parse(repair.push(block), isLast: false) }

    /// Ends the output.
    func finish() -> [PageText] {
        var last = parse(repair.finish(), isLast: true)
        // A program that was killed has not ended its page.
        endLine()
        if let page { last.append(page) }
        page = nil
        return last
    }

    private func parse(_ block: [UInt8], isLast: Bool) -> [PageText] {
        block.withUnsafeBytes { bytes in
            _ = xmlParseChunk(
                context, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count), isLast ? 1 : 0)
        }
        defer { pages = [] }
        return pages
    }

    private func start(
        _ name: UnsafePointer<xmlChar>?, _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?, count: Int
    ) {
        switch Element(name) {
        case .page:
            let size = Self.box(attributes, count: count)
            pageCount += 1
            page = PageText(number: pageCount, width: size.right, height: size.bottom)
        case .word:
            box = Self.box(attributes, count: count)
            text = []
        case .line, nil: break
        }
    }

    private func end(_ name: UnsafePointer<xmlChar>?) {
        switch Element(name) {
        case .word:
            let word = String(decoding: text ?? [], as: UTF8.self)
            text = nil
            guard word.contains(where: { !$0.isWhitespace }) else { return }
            words.append(PageWord(box: box, text: word, count: word.count))
            if words.count >= Self.longestLine { endLine() }
        case .line:
            endLine()
            if let page, page.lines.count >= Self.longestPage {
                pages.append(page)
                self.page?.lines = []
            }
        case .page:
            endLine()
            if let page { pages.append(page) }
            page = nil
        case nil: break
        }
    }

    private func take(_ characters: UnsafeBufferPointer<xmlChar>) { text?.append(contentsOf: characters) }

    /// Parts the words of a line where there is much room between them.
    private func endLine() {
        var start = 0
        for index in words.indices.dropFirst() {
            let (left, right) = (words[index - 1].box, words[index].box)
            let gap = right.left - left.right
            let height = max(left.height, right.height)
            if gap > Self.roomOfColumns * height || gap < -height {
                if let line = TextLine(Array(words[start..<index])) { page?.lines.append(line) }
                start = index
            }
        }
        if let line = TextLine(Array(words[start...])) { page?.lines.append(line) }
        words = []
    }

    /// Room between columns at least, in heights of a line: more than most spaces of justified text.
    private static let roomOfColumns = 0.6

    /// The rectangle of a word (`xMin`, `yMin`, `xMax`, `yMax`) or of a page (`width`, `height`).
    private static func box(
        _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?, count: Int
    ) -> Location.Box {
        var box = Location.Box(left: 0, top: 0, right: 0, bottom: 0)
        // Five pointers each: name, prefix, namespace, the value's begin and its end.
        for index in 0..<(attributes == nil ? 0 : count) {
            guard let name = attributes?[5 * index], let begin = attributes?[5 * index + 3],
                let end = attributes?[5 * index + 4]
            else { continue }
            let value = number(UnsafeBufferPointer(start: begin, count: end - begin))
            switch name[0] {
            case UInt8(ascii: "w"): box.right = value
            case UInt8(ascii: "h"): box.bottom = value
            case UInt8(ascii: "x"): if strcmp(name, "xMin") == 0 { box.left = value } else { box.right = value }
            case UInt8(ascii: "y"): if strcmp(name, "yMin") == 0 { box.top = value } else { box.bottom = value }
            default: break
            }
        }
        box.right = max(box.left, box.right)
        box.bottom = max(box.top, box.bottom)
        return box
    }

    /// A number with a decimal point, whatever the locale; no larger than pages are.
    private static func number(_ text: UnsafeBufferPointer<xmlChar>) -> Double {
        var (value, scale) = (0.0, 0.0)
        for byte in text.prefix(20) {
            if byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",") {
                scale = 1
            } else if byte.isDigit {
                value = 10 * value + Double(byte - UInt8(ascii: "0"))
                scale *= 10
            }
        }
        let absolute = min(scale > 1 ? value / scale : value, 1e6)
        return text.first == UInt8(ascii: "-") ? -absolute : absolute
    }

    /// An element that is looked at.
    private enum Element {
        case page, line, word

        init?(_ name: UnsafePointer<xmlChar>?) {
            guard let name else { return nil }
            if strcmp(name, "word") == 0 {
                self = .word
            } else if strcmp(name, "line") == 0 {
                self = .line
            } else if strcmp(name, "page") == 0 {
                self = .page
            } else {
                return nil
            }
        }
    }
}

/// `strcmp` for the characters of libxml2.
private func strcmp(_ name: UnsafePointer<xmlChar>, _ other: StaticString) -> Int32 {
    xmlStrcmp(name, other.utf8Start)
}
