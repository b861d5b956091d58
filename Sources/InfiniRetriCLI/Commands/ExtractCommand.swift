import ArgumentParser
import Documents
import Files
import Foundation

/// What the other commands read, without a model.
struct ExtractCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "extract",
        abstract: "Prints the text of documents as it is read: text, blocks and where they stand. No model is needed.",
        discussion: """
            Text, Markdown, HTML, EPUB, Word, OpenDocument, spreadsheets, PDF (with pdftotext installed), mail, chats, subtitles, logs, \
            source code, JSON; packed or in archives. A format is told by its content first, then by its name.

            With --json, one object for each document: document, format, bytes, text, blocks, skipped, notes. Each block has kind, text, \
            textRange (in the extracted text), byteRange and line (of texts), and location (page, sheet, chapter ...).

            Examples:
              infiniretri extract report.pdf
              infiniretri extract --json book.epub | jq -r '.blocks[] | select(.kind == "heading").text'
              infiniretri extract mail/ --since 7d --verbose
            """)

    @Argument(help: ArgumentHelp("Files or folders (- is standard input).", valueName: "file"))
    var files: [String] = []

    @OptionGroup(title: "Documents") var documents: DocumentArguments
    @OptionGroup(title: "Output") var output: OutputOptions

    func validate() throws {
        if files.isEmpty, isatty(STDIN_FILENO) == 1 {
            throw ValidationError("Name a file or a folder, or pipe a document into standard input.")
        }
    }

    func run() throws {
        let list = try documents.documents(files.isEmpty ? ["-"] : files)
        output.tell(list.omissions)
        guard !list.documents.isEmpty else { throw CommandError("there is nothing to read among the files given") }
        var failures = 0
        for document in list.documents {
            do {
                try extract(document, isOneOfMany: list.documents.count > 1)
            } catch let error as DocumentError {
                guard document.isOptional, let parts = error.parts else { throw error }
                failures += 1
                let report = OmissionReport(omissions: [Omission(.skipped, document.name, reason: parts.reason)])
                output.tell(report.omissions)
                if output.json { try StandardOutput.write(json: ["skipped": report.skipped]) }
            }
        }
        if output.json, !list.omissions.isEmpty {
            try StandardOutput.write(json: ["skipped": OmissionReport(omissions: list.omissions).skipped])
        }
        if failures == list.documents.count { throw CommandError("none of the \(failures) documents could be read") }
    }

    private func extract(_ document: Document, isOneOfMany: Bool) throws {
        var reader = try BlockReader(document)
        var printer: any BlockPrinter =
            output.json
            ? try JSONBlockPrinter(document) : TextBlockPrinter(title: isOneOfMany ? document.name : nil)
        var omissions: [Omission] = []
        var (blocks, size) = (0, 0)
        while let read = try reader.next() {
            try Task.checkCancellation()
            for block in read {
                blocks += 1
                size += block.text.count
                try printer.print(block, map: reader.map)
            }
            reader.forgetMap(before: size)
            omissions += reader.takeOmissions()
        }
        omissions += reader.takeOmissions()
        let report = OmissionReport(omissions: omissions)
        try printer.finish(reader, report)
        output.tell(omissions)
        output.note(
            "\(document.name): \(reader.kind ?? "text"), \(Quantity.count(blocks, "block")), \(Quantity.bytes(size)) of text"
        )
    }
}

/// A call of the system for each block would take longer than reading them.
private let outputBlockSize = 1 << 16

/// Prints the blocks of a document.
private protocol BlockPrinter {
    mutating func print(_ block: TextBlock, map: SourceMap) throws
    mutating func finish(_ reader: BlockReader, _ report: OmissionReport) throws
}

/// The extracted text.
private struct TextBlockPrinter: BlockPrinter {
    /// The document's name, where there are several.
    let title: String?
    private var hasBegun = false
    /// What is not yet written.
    private var text = ""

    init(title: String?) { self.title = title }

    mutating func print(_ block: TextBlock, map: SourceMap) throws {
        if !hasBegun, let title { text += "==> \(TerminalText.name(title)) <==\n" }
        hasBegun = true
        text += String(decoding: block.text, as: UTF8.self)
        if text.utf8.count >= outputBlockSize { try write() }
    }

    mutating func finish(_ reader: BlockReader, _ report: OmissionReport) throws { try write() }

    private mutating func write() throws {
        try StandardOutput.write(text)
        text = ""
    }
}

/// One object, written as it is read: the text first; blocks wait in a temporary file meanwhile.
private struct JSONBlockPrinter: BlockPrinter {
    private let document: Document
    private let waiting: ScratchFile
    private var isFirst = true
    /// What is not yet written of the text, and of the blocks.
    private var text = ""
    private var blocks = ""

    init(_ document: Document) throws {
        self.document = document
        do {
            waiting = try ScratchFile()
        } catch {
            throw DocumentError.noRoom(folder: ScratchFile.folder, reason: error.reason)
        }
        try StandardOutput.write(exactly: "{\"document\":\(StandardOutput.json(document.name)),\"text\":\"")
    }

    mutating func print(_ block: TextBlock, map: SourceMap) throws {
        blocks += (isFirst ? "" : ",") + (try StandardOutput.json(BlockReport(block, map: map)))
        isFirst = false
        text += try StandardOutput.json(String(decoding: block.text, as: UTF8.self)).dropFirst().dropLast()
        if text.utf8.count + blocks.utf8.count >= outputBlockSize { try write() }
    }

    private mutating func write() throws {
        do {
            try waiting.write(Array(blocks.utf8))
        } catch {
            throw DocumentError.noRoom(folder: ScratchFile.folder, reason: error.reason)
        }
        try StandardOutput.write(exactly: text)
        (text, blocks) = ("", "")
    }

    mutating func finish(_ reader: BlockReader, _ report: OmissionReport) throws {
        try write()
        try StandardOutput.write(exactly: "\",\"blocks\":[")
        try waiting.handle.seek(toOffset: 0)
        while let piece = try waiting.handle.read(upToCount: 1 << 16), !piece.isEmpty {
            try StandardOutput.write(exactly: piece)
        }
        let rest = DocumentReport(
            format: reader.kind ?? "", bytes: reader.digest.bytes, skipped: report.skipped, notes: report.notes)
        try StandardOutput.write(exactly: "]," + StandardOutput.json(rest).dropFirst() + "\n")
    }

    private struct BlockReport: Encodable {
        var kind: TextBlock.Kind
        var level: Int?
        var text: String
        var textRange: [Int]
        var byteRange: [Int]?
        var line: Int?
        var location: Location?

        init(_ block: TextBlock, map: SourceMap) {
            let range = block.start..<block.start + block.text.count
            let source = map.source(of: range)
            kind = block.kind
            level = block.level > 0 ? block.level : nil
            text = String(decoding: block.text, as: UTF8.self)
            textRange = [range.lowerBound, range.upperBound]
            byteRange = source.byteRange.map { [$0.lowerBound, $0.upperBound] }
            line = source.line
            location = source.location
        }
    }

    private struct DocumentReport: Encodable {
        var format: String
        var bytes: Int
        var skipped: [OmissionReport.Entry]
        var notes: [OmissionReport.Entry]
    }
}
