/// Parts extracted text into blocks as it comes. All blocks together are the text, every byte once and in order; memory is
/// bounded by one block.
package protocol BlockParser {
    /// Takes more text; gives the blocks that are complete now.
    mutating func push(_ text: [UInt8]) -> [TextBlock]
    /// Ends the text; gives what was left open.
    mutating func finish() -> [TextBlock]
}

extension TextBlock {
    /// Bytes of a text that its format is told by.
    package static let headSize = 1 << 12
    /// A block that grows longer than this is given in stretches.
    package static let longestStretch = 1 << 14
}
