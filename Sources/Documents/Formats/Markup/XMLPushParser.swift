import CLibXML2

/// What the elements and the text of XML go to. Names come without their prefix.
protocol XMLContent: AnyObject {
    func open(_ name: String, _ attributes: XMLAttributes)
    func close(_ name: String)
    func text(_ text: UnsafeBufferPointer<UInt8>)
}

/// Reads XML as it comes, with libxml2. It opens no file and no connection, builds no tree, and expands no entities but those of
/// XML itself: what a document declares is not kept, so that it cannot grow.
final class XMLPushParser {
    private let content: any XMLContent
    private var context: xmlParserCtxtPtr?
    /// How many elements are open.
    private var depth = 0

    init(_ content: any XMLContent) {
        self.content = content
        var handler = xmlSAXHandler()
        handler.initialized = 0xDEED_BEAF
        handler.startElementNs = { user, name, _, _, _, _, count, _, attributes in
            guard let name, let parser = XMLPushParser.from(user) else { return }
            parser.depth += 1
            guard parser.depth <= XMLPushParser.deepest else { return xmlStopParser(parser.context) }
            parser.content.open(
                String(cString: name), XMLAttributes(pointer: attributes, count: Int(max(count, 0))))
        }
        handler.endElementNs = { user, name, _, _ in
            guard let name, let parser = XMLPushParser.from(user) else { return }
            parser.depth -= 1
            parser.content.close(String(cString: name))
        }
        handler.characters = { user, text, count in XMLPushParser.from(user)?.take(text, count) }
        handler.ignorableWhitespace = { user, text, count in XMLPushParser.from(user)?.take(text, count) }
        handler.cdataBlock = { user, text, count in XMLPushParser.from(user)?.take(text, count) }
        handler.getEntity = { _, name in xmlGetPredefinedEntity(name) }
        context = xmlCreatePushParserCtxt(&handler, Unmanaged.passUnretained(self).toOpaque(), nil, 0, nil)
        let options =
            XML_PARSE_RECOVER.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue
            | XML_PARSE_NONET.rawValue
        if let context { xmlCtxtUseOptions(context, Int32(options)) }
    }

    deinit { xmlFreeParserCtxt(context) }

    func push(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes {
            _ = xmlParseChunk(context, $0.baseAddress?.assumingMemoryBound(to: CChar.self), Int32($0.count), 0)
        }
    }

    func finish() { xmlParseChunk(context, nil, 0, 1) }

    /// Whether what was read so far is no correct XML: something may be missing.
    var isDamaged: Bool { depth > Self.deepest || context.map { $0.pointee.wellFormed == 0 } ?? true }

    /// Whether it cannot be read any further.
    var isStopped: Bool { context.map { $0.pointee.disableSAX != 0 } ?? true }

    /// Elements in one another at most; a document that has more is made to harm. libxml2 checks this only where it builds a
    /// tree.
    private static let deepest = 256

    private static func from(_ user: UnsafeMutableRawPointer?) -> XMLPushParser? {
        user.map { Unmanaged<XMLPushParser>.fromOpaque($0).takeUnretainedValue() }
    }

    private func take(_ text: UnsafePointer<UInt8>?, _ count: Int32) {
        guard let text, count > 0 else { return }
        content.text(UnsafeBufferPointer(start: text, count: Int(count)))
    }
}
