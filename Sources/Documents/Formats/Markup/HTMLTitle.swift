/// The title of a page: a heading, unless the page's first heading says the same. That shows only later, so the first blocks wait.
struct HTMLTitle {
    private enum State {
        case before
        /// How deep its element stands.
        case open(Int)
        case behind
    }

    private var state = State.before
    private var text = FlowingText()
    /// Blocks that wait.
    private var waiting: [(block: TextBlock, group: Int)] = []
    private var isDecided: Bool

    init(isKept: Bool) { isDecided = !isKept }

    var isOpen: Bool { if case .open = state { true } else { false } }

    mutating func open(_ depth: Int) { if case .before = state { state = .open(depth) } }

    mutating func close(_ depth: Int) {
        if case .open(let start) = state, depth <= start { state = .behind }
    }

    mutating func append(_ characters: UnsafeBufferPointer<UInt8>) {
        if text.count + characters.count <= Self.longest { text.append(characters) }
    }

    /// The blocks that need not wait any more, up to a new one.
    mutating func pass(_ block: TextBlock, group: Int) -> [(block: TextBlock, group: Int)] {
        if isDecided, waiting.isEmpty { return [(block, group)] }
        waiting.append((block, group))
        if block.kind == .heading, block.level == 1 { return release() }
        return waiting.count > Self.mostWaiting ? release() : []
    }

    /// All blocks, and the title before them unless the first heading among them says the same.
    mutating func release() -> [(block: TextBlock, group: Int)] {
        defer { waiting = [] }
        guard !isDecided else { return waiting }
        isDecided = true
        let title = text.take().bytes
        let heading = waiting.first { $0.block.kind == .heading && $0.block.level == 1 }?.block.text ?? []
        let isSaid = Self.folded(heading) == Self.folded(title)
        return title.isEmpty || isSaid ? waiting : [(TextBlock(.heading, level: 1, text: title), 0)] + waiting
    }

    private static func folded(_ text: [UInt8]) -> String { String(decoding: text, as: UTF8.self).lowercased() }

    /// Bytes of a title at most.
    private static let longest = 4096
    private static let mostWaiting = 24
}
