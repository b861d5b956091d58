/// Parts the bytes of a text into characters. An encoding's form is one conformance.
protocol CharacterReader {
    /// Decodes the characters that are complete.
    /// - Parameter isLast: Whether nothing follows: then what is left of a character is none.
    /// - Returns: How many bytes were read. Those behind them begin a character, and come again with what follows.
    mutating func read(_ bytes: [UInt8], isLast: Bool, into decoded: inout DecodedText) -> Int
}
