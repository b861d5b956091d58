import ArgumentParser
import Tokenization

/// Ids, pieces and byte ranges of a text.
struct TokenizeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tokenize",
        abstract: "Shows the tokens of a text: id, byte range, piece.",
        discussion: """
            Text is data: what looks like a control token is tokenized as plain text.

            Examples:
              infiniretri tokenize --text "Hello, world"
              infiniretri tokenize --count book.txt
              echo "2 + 2" | infiniretri tokenize --json
            """)

    @Argument(help: "The file to read; - or nothing is standard input.")
    var file: String?

    @Option(name: .long, help: "The text itself.")
    var text: String?

    @Flag(name: .long, help: "Print the number of tokens only.")
    var count = false

    @OptionGroup(title: "Model") var model: ModelOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func validate() throws {
        if file != nil && text != nil { throw ValidationError("Give a file or --text, not both.") }
    }

    func run() throws {
        let bytes = try text.map { Array($0.utf8) } ?? PlainInput.bytes(of: file ?? "-")
        let tokenizer = try model.load(output, inConversation: false).model.tokenizer
        let start = ContinuousClock.now
        let tokens = tokenizer.encode(utf8: bytes)
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        if output.json {
            if count {
                try StandardOutput.write(json: Measured(count: tokens.count, bytes: bytes.count, seconds: seconds))
            } else {
                let rows = tokens.map { Row($0, tokenizer: tokenizer) }
                try StandardOutput.write(json: Report(count: tokens.count, tokens: rows))
            }
        } else if count {
            try StandardOutput.write("\(tokens.count)\n")
        } else {
            var lines = ""
            for token in tokens {
                let row = Row(token, tokenizer: tokenizer)
                lines += "\(row.id)\t\(row.byteRange[0])-\(row.byteRange[1])\t\(row.piece.debugDescription)\n"
            }
            try StandardOutput.write(lines)
        }
        output.note(
            "\(Quantity.bytes(bytes.count)) in \(Quantity.fixed(seconds, digits: 3)) s, "
                + "\(Quantity.fixed(Double(bytes.count) / 1e6 / seconds, digits: 1)) MB/s")
    }

    private struct Report: Encodable {
        var count: Int
        var tokens: [Row]
    }

    private struct Measured: Encodable {
        var count: Int
        var bytes: Int
        /// Seconds that the encoding took.
        var seconds: Double
    }

    private struct Row: Encodable {
        var id: TokenID
        var piece: String
        var byteRange: [Int]

        init(_ token: Token, tokenizer: Tokenizer) {
            id = token.id
            piece = String(decoding: tokenizer.bytes(of: token.id), as: UTF8.self)
            byteRange = [token.byteRange.lowerBound, token.byteRange.upperBound]
        }
    }
}
