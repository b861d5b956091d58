/// Numbers of items as documents write them.
enum ListNumber {
    /// - Parameter format: `1`, `a`, `A`, `i` or `I`; others are written as 1.
    static func text(_ number: Int, format: String) -> String {
        guard number > 0, number < 4000 else { return "\(number)" }
        switch format {
        case "a": return letters(number)
        case "A": return letters(number).uppercased()
        case "i": return roman(number)
        case "I": return roman(number).uppercased()
        default: return "\(number)"
        }
    }

    /// a ... z, aa, bb ...
    private static func letters(_ number: Int) -> String {
        let letter = Character(Unicode.Scalar(UInt8(ascii: "a") + UInt8((number - 1) % 26)))
        return String(repeating: letter, count: (number - 1) / 26 + 1)
    }

    private static func roman(_ number: Int) -> String {
        var (rest, text) = (number, "")
        for (value, sign) in romanSigns {
            while rest >= value {
                text += sign
                rest -= value
            }
        }
        return text
    }

    private static let romanSigns = [
        (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
        (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
    ]
}
