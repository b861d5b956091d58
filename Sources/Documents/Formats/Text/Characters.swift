/// What segmentation asks of a byte of UTF-8.
extension UInt8 {
    package static let lineFeed = UInt8(ascii: "\n")

    /// White space within a line.
    package var isBlank: Bool { self == 0x20 || self == 0x09 || self == 0x0D }
    package var isWhitespace: Bool { isBlank || (0x0A...0x0C).contains(self) }
    package var isDigit: Bool { (0x30...0x39).contains(self) }
    package var isSmallLetter: Bool { (0x61...0x7A).contains(self) }
    package var isCapitalLetter: Bool { (0x41...0x5A).contains(self) }
    /// Bytes of other scripts count as letters: they are parts of words far more often than not.
    package var isLetter: Bool { isSmallLetter || isCapitalLetter || self >= 0x80 }
}
