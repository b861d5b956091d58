/// Words as lexical methods see them.
enum LexicalWords {
    /// The runs of letters and digits of `text`, in lower case.
    static func of(_ text: String) -> [String] {
        text.lowercased().split { !($0.isLetter || $0.isNumber) }.map(String.init)
    }
}

extension Unicode.Scalar {
    /// Whether it is one of the 32 marks of ASCII, which SQuAD's normal form leaves out.
    var isASCIIPunctuation: Bool {
        switch value {
        case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
        default: false
        }
    }
}
