/// Makes blocks of the elements and the text of a page.
final class HTMLPage: HTMLContent {
    private var path = HTMLPath()
    private var text = FlowingText()
    /// Where the text stands.
    private var place: Location?
    private var assembler = BlockAssembler()
    /// How deep the element stands that is left out.
    private var leftOut: Int?
    /// Bytes of text in elements that are hidden.
    private var hiddenCount = 0
    private var isHidden = false
    /// Whether what is left out is the page's head.
    private var isInHead = false

    private var heading: Int?
    private var preformatted = 0
    private var lists = HTMLLists()
    private var tables: [HTMLTable] = []
    private var groups = 0
    private var title: HTMLTitle
    private var note = HTMLNoteMark()

    init(keepsTitle: Bool) {
        title = HTMLTitle(isKept: keepsTitle)
    }

    var depth: Int { path.depth }

    func take() -> [TextBlock] { assembler.take() }

    func finish() -> [TextBlock] {
        while let tag = path.last { close(tag) }
        flush()
        for (block, group) in title.release() { assembler.add(block, group: group) }
        return assembler.finish()
    }

    func takeOmissions() -> [Omission] {
        guard hiddenCount >= Self.leastHidden else { return [] }
        defer { hiddenCount = 0 }
        return [Omission(.ignored, "", reason: "parts of the page that are not shown were left out")]
    }

    /// Bytes of hidden text that are worth a word.
    private static let leastHidden = 200

    // MARK: - Elements

    func open(_ tag: HTMLTag, _ attributes: HTMLAttributes) {
        let id = attributes.isEmpty ? nil : attributes["id"].flatMap { (1...100).contains($0.utf8.count) ? $0 : nil }
        path.open(tag, id: leftOut == nil ? id : nil)
        guard leftOut == nil else {
            // A picture's title is none of the page.
            if tag.role == .title, isInHead { title.open(path.depth) }
            return
        }
        if tag.role == .leftOut {
            leftOut = path.depth
            isInHead = tag.name == "head"
        } else if !attributes.isEmpty, tag.name != "body", tag.name != "html" {
            if attributes.isHidden {
                leftOut = path.depth
                isHidden = true
            } else if attributes.isNavigation {
                leftOut = path.depth
            }
        }
        guard leftOut == nil else { return separate(tag) }
        begin(tag, attributes)
    }

    /// What is left out may stand between two paragraphs, or in the middle of a sentence.
    private func separate(_ tag: HTMLTag) {
        if tag.role != .inline, tag.role != .link, tag.role != .superscript, tag.role != .leftOut { boundary() }
        if tag.name == "nav" { boundary() }
    }

    private func begin(_ tag: HTMLTag, _ attributes: HTMLAttributes) {
        switch tag.role {
        case .inline: break
        case .block: boundary()
        case .heading(let level):
            if isInCell { makeLayout() }
            flush()
            heading = level
        case .list: beginList(firstNumber: nil)
        case .numberedList: beginList(firstNumber: attributes["start"].flatMap { Int($0) } ?? 1)
        case .item, .term, .definition:
            boundary(endsItem: true)
            if !isInCell {
                if lists.isEmpty { groups += 1 }
                lists.beginItem(tag.role, number: attributes["value"].flatMap { Int($0) }, newGroup: groups)
            }
        case .table: beginTable(isLayout: ["presentation", "none"].contains(attributes["role"]))
        case .tableHead: withTable { $0.isInHead = true }
        case .row:
            endRow()
            let row = location
            withTable { $0.beginRow(row) }
        case .cell, .headerCell:
            endCell()
            guard let table = tables.indices.last else { return boundary() }
            if tables[table].isLayout { boundary() }
            tables[table].beginCell(isHeader: tag.role == .headerCell)
        case .preformatted:
            boundary()
            if !isInCell { preformatted += 1 }
        case .lineBreak:
            if preformatted > 0 {
                appendAsIs([.lineFeed])
            } else if heading == nil, !isInCell {
                text.breakLine()
            } else {
                text.breakWord()
            }
        case .image:
            guard let alternative = attributes["alt"], Self.says(alternative) else { return }
            prepare()
            text.append("[\(alternative.prefix(Self.longestAlternative))]")
        case .title: title.open(path.depth)
        case .link:
            if attributes.isNoteMark || attributes.leadsToPlace {
                note.openLink(path.depth, isNote: attributes.isNoteMark)
            }
        case .superscript: note.openSuperscript(path.depth)
        case .reading:
            prepare()
            text.append("(")
        case .leftOut: break
        }
    }

    func close(_ tag: HTMLTag) {
        guard let depth = path.depth(of: tag.number) else { return }
        while path.depth > depth, let tag = path.close() { end(tag, depth: path.depth + 1) }
    }

    private func end(_ tag: HTMLTag, depth: Int) {
        if let start = leftOut {
            title.close(depth)
            if depth <= start {
                leftOut = nil
                isHidden = false
                isInHead = false
                separate(tag)
            }
            return
        }
        switch tag.role {
        case .inline, .lineBreak, .image, .leftOut: break
        case .block: boundary()
        case .heading:
            flush()
            heading = nil
        case .list, .numberedList:
            boundary()
            if !isInCell { lists.endList() }
        case .item, .term, .definition:
            boundary(endsItem: true)
            if !isInCell { lists.endItem() }
        case .table: endTable()
        case .tableHead: withTable { $0.isInHead = false }
        case .row: endRow()
        case .cell, .headerCell: endCell()
        case .preformatted:
            if preformatted > 0 {
                flush()
                preformatted -= 1
            }
        case .title: title.close(depth)
        case .link, .superscript: if note.close(depth) { text.append("]") }
        case .reading: if !text.isEmpty { text.append(")") }
        }
    }

    // MARK: - Text

    func text(_ characters: UnsafeBufferPointer<UInt8>, source: Int) {
        if title.isOpen { return title.append(characters) }
        guard leftOut == nil else {
            if isHidden { hiddenCount += characters.count { $0 > 0x20 } }
            return
        }
        if text.isEmpty {
            guard let first = characters.firstIndex(where: { $0 > 0x20 }) else {
                if preformatted > 0 { appendAsIs(Array(characters)) }
                return
            }
            prepare()
            if preformatted > 0 {
                // The line of the tag itself is none of the text.
                let start = characters.first == .lineFeed ? 1 : 0
                text.appendAsIs(UnsafeBufferPointer(rebasing: characters[start...]), source: source + start)
                return
            }
            note.begin(characters[first], &text)
            text.append(characters, source: source)
        } else if preformatted > 0 {
            text.appendAsIs(characters, source: source)
        } else if let digits = note.superscript(characters, behind: text.last) {
            text.append(digits)
        } else {
            if note.isWaiting, let first = characters.first(where: { $0 > 0x20 }) { note.begin(first, &text) }
            text.append(characters, source: source)
        }
        if text.count > TextBlock.longestStretch { flushStretches() }
    }

    private func appendAsIs(_ characters: [UInt8]) {
        if !text.isEmpty { characters.withUnsafeBufferPointer { text.appendAsIs($0) } }
    }

    /// Before the first character of a block: what stands before it, and where it is.
    private func prepare() {
        guard text.isEmpty else { return }
        if isInCell {
            text.lead = []
        } else {
            place = location
            if heading == nil, preformatted == 0 {
                text.lead = lists.lead()
                text.indentation = lists.indentation
            } else {
                text.lead = []
                text.indentation = []
            }
        }
    }

    private var location: Location? {
        path.place().map {
            var location = Location()
            location.element = $0
            return location
        }
    }

    // MARK: - Blocks

    private var isInCell: Bool { tables.last.map { $0.isInCell && !$0.isLayout } ?? false }

    /// Where an element begins or ends whose text stands by itself.
    private func boundary(endsItem: Bool = false) {
        if isInCell || heading != nil {
            text.breakWord()
        } else if !lists.isInItem || endsItem || preformatted > 0 {
            flush()
        } else if !text.isEmpty {
            text.breakLine()
        }
    }

    /// Gives the text as a block.
    private func flush() {
        guard !isInCell, !text.isEmpty else { return }
        var (bytes, runs) = text.take()
        if preformatted > 0 {
            while bytes.last?.isWhitespace == true { bytes.removeLast() }
            guard !bytes.isEmpty else { return }
        }
        add(block(bytes, runs), group: itemGroup)
    }

    /// The list that the block stands in as an item.
    private var itemGroup: Int { heading == nil && preformatted == 0 && lists.isInItem ? lists.group : 0 }

    private func block(_ bytes: [UInt8], _ runs: [OffsetMap.Run], continues: Bool = false) -> TextBlock {
        let kind: TextBlock.Kind =
            heading != nil ? .heading : preformatted > 0 ? .code : lists.isInItem ? .listItem : .prose
        var block = TextBlock(kind, level: heading ?? 0, text: bytes, location: place, continues: continues)
        block.runs = runs
        return block
    }

    private func flushStretches() {
        if isInCell { makeLayout() }
        while text.count > TextBlock.longestStretch {
            let (bytes, runs) = text.takeStretch()
            add(block(bytes, runs, continues: true), group: itemGroup)
        }
    }

    private func add(_ block: TextBlock, group: Int = 0) {
        for (block, group) in title.pass(block, group: group) { assembler.add(block, group: group) }
    }

    // MARK: - Lists and tables

    private func beginList(firstNumber: Int?) {
        boundary(endsItem: true)
        guard !isInCell else { return }
        if lists.isEmpty { groups += 1 }
        lists.beginList(firstNumber: firstNumber, newGroup: groups)
    }

    private func withTable(_ body: (inout HTMLTable) -> Void) {
        if let table = tables.indices.last { body(&tables[table]) }
    }

    private func beginTable(isLayout: Bool) {
        // A table in a cell: the outer one only says where its cells stand.
        if isInCell { makeLayout() }
        flush()
        groups += 1
        tables.append(HTMLTable(isLayout: isLayout, group: groups))
    }

    private func endCell() {
        guard let table = tables.indices.last, tables[table].isInCell else { return boundary() }
        if tables[table].isLayout {
            boundary()
        } else {
            let (bytes, runs) = text.take()
            tables[table].add(bytes, runs)
        }
        tables[table].isInCell = false
        if tables[table].count > Self.largestRow { makeLayout() }
    }

    private func endRow() {
        endCell()
        guard let table = tables.indices.last, !tables[table].isLayout else { return }
        if let block = tables[table].endRow() { add(block, group: tables[table].group) }
    }

    private func endTable() {
        endRow()
        _ = tables.popLast()
        boundary()
    }

    /// The cells of a table hold the page's parts: what was read of the row becomes paragraphs.
    private func makeLayout() {
        guard let table = tables.indices.last else { return }
        let open = text
        text = FlowingText()
        let row = tables[table].place
        tables[table].isLayout = true
        for cell in tables[table].takeCells() {
            var block = TextBlock(.prose, text: cell.bytes, location: row)
            block.runs = cell.runs
            add(block)
        }
        text = open
        place = row ?? location
        if text.count <= TextBlock.longestStretch { flush() }
    }

    /// Bytes of the cells of a row at most.
    private static let largestRow = 1 << 16

    // MARK: - Pictures

    /// Whether what stands for a picture is more than a name: several words.
    private static func says(_ alternative: String) -> Bool {
        let words = alternative.split(whereSeparator: \.isWhitespace)
        if words.count > 1 { return alternative.utf8.count > 8 }
        return alternative.unicodeScalars.count { $0.value > 0x2E80 } > 4
    }

    /// Characters of a picture's description at most.
    private static let longestAlternative = 2000
}
