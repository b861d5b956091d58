/// Words as lexical methods see them.
enum LexicalWords {
    /// The runs of letters and digits of `text`, in lower case.
    static func of(_ text: String) -> [String] {
        text.lowercased().split { !($0.isLetter || $0.isNumber) }.map(String.init)
    }
}
