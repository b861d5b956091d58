import SystemPackage

/// The blocks of a PDF file: words with their places from poppler's `pdftotext`, in the order in which a person reads them.
struct PDFBlocks: BlockSource {
    let kind: String? = "pdf"
    private let name: String
    let digest: (bytes: Int, checksum: UInt32)
    /// Kept open for the program.
    private let file: ByteFile
    private let program: ChildProcess
    private let parser = PageTextParser()
    private var furniture = PageFurniture()
    private var lineJoiner = LineJoiner()
    private var pieceJoiner = PieceJoiner()
    private var heights = LineHeights()
    /// Pages that were read, and wait until those behind them are known.
    private var waiting: [PageText] = []
    private var isAtEnd = false
    /// Pages without text, one behind the other.
    private var missing: ClosedRange<Int>?
    private var omissions: [Omission] = []

    /// Whether bytes are of a PDF file: it may begin with something else.
    static func isOne(_ head: ArraySlice<UInt8>) -> Bool {
        let head = head.prefix(1024)
        let mark = Array("%PDF-".utf8)
        return head.indices.contains { head[$0] == mark[0] && head[$0...].starts(with: mark) }
    }

    init(_ bytes: DocumentBytes) throws(DocumentError) {
        var bytes = bytes
        name = bytes.name
        file = try bytes.file().onDisk()
        digest = bytes.digest
        guard let path = ChildProcess.path(ofProgram: "pdftotext") else {
            throw .unsupported(
                name: name,
                reason: "reading PDF files takes the program pdftotext, which is not installed; "
                    + "install poppler-utils (apt install poppler-utils, or brew install poppler)")
        }
        let limits = ChildProcess.Limits(
            silence: .seconds(30), processorSeconds: min(10 + file.count / 20_000, 36_000), memory: 2 << 30)
        do {
            // By this name the program opens the file anew, with a position of its own.
            program = try ChildProcess(
                path, ["-bbox-layout", "-enc", "UTF-8", "/dev/stdin", "-"], input: file.descriptor, limits: limits)
        } catch {
            throw .unreadable(name: name, reason: "\(path) cannot be started: \(error)")
        }
    }

    mutating func next() throws(DocumentError) -> [TextBlock]? {
        while true {
            if waiting.count > PageFurniture.reach || isAtEnd, !waiting.isEmpty {
                take(waiting.removeFirst())
                return pieceJoiner.takeBlocks()
            }
            if isAtEnd {
                reportMissing()
                pieceJoiner.finish()
                let blocks = pieceJoiner.takeBlocks()
                return blocks.isEmpty ? nil : blocks
            }
            if let block = program.next() {
                look(at: parser.push(block))
            } else {
                look(at: parser.finish())
                isAtEnd = true
                try end()
            }
        }
    }

    mutating func takeOmissions() -> [Omission] {
        defer { omissions = [] }
        return omissions
    }

    private mutating func look(at pages: [PageText]) {
        for page in pages {
            furniture.look(at: page)
            heights.look(at: page)
            waiting.append(page)
        }
    }

    private mutating func take(_ page: PageText) {
        var page = page
        if page.lines.isEmpty {
            missing = (missing?.lowerBound ?? page.number)...page.number
            return
        }
        reportMissing()
        furniture.remove(from: &page, isAlone: parser.pageCount == 1)
        for piece in PageParagraphs.pieces(of: page, body: heights.body(of: page), &lineJoiner) {
            pieceJoiner.take(piece, lineJoiner)
        }
    }

    private mutating func reportMissing() {
        guard let missing else { return }
        let (first, last) = (missing.lowerBound, missing.upperBound)
        let advice = "make one with OCR, for instance ocrmypdf"
        if first == last {
            omit(.skipped, page: first, "no text layer: it is an image, or empty; \(advice)")
        } else {
            omit(
                .skipped, page: first, "pages \(first)-\(last) have no text layer: they are images, or empty; \(advice)"
            )
        }
        self.missing = nil
    }

    private mutating func omit(_ kind: Omission.Kind, page: Int? = nil, _ reason: String) {
        var location: Location?
        if let page {
            location = Location()
            location?.page = page
        }
        omissions.append(Omission(kind, name, location: location, reason: reason))
    }

    /// Says what went wrong, if something did: as an error where nothing was read.
    private mutating func end() throws(DocumentError) {
        let message = program.errors.split(whereSeparator: \.isNewline).first.map(String.init)
        switch program.ending {
        case .cancelled: throw .unreadable(name: name, reason: "reading was cancelled")
        case .exited(0) where parser.pageCount > 0:
            if let message, program.errors.contains("Syntax Error") {
                omit(.note, "the file is damaged, and text may be missing (\(message))")
            }
        case _ where program.errors.contains("Incorrect password"):
            throw .damaged(
                name: name, reason: "needs a password; save a copy without one, for instance with qpdf --decrypt")
        case let ending:
            let cause =
                switch ending {
                case .silent: "a page takes longer than 30 seconds"
                case .killed: "pdftotext took too much time or memory"
                default: message ?? "pdftotext finds no page in it"
                }
            guard parser.pageCount > 0 else {
                throw .damaged(name: name, reason: "cannot be read as PDF: \(cause)")
            }
            omit(.skipped, page: parser.pageCount, "reading stopped at page \(parser.pageCount): \(cause)")
        }
    }
}
