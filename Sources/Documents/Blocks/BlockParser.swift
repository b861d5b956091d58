/// Parts decoded text into blocks as it comes; memory is bounded by one block. A text format is one conformance.
package protocol BlockParser {
    /// Takes more text; gives the blocks that are complete now.
    mutating func push(_ text: [UInt8]) -> [TextBlock]
    /// Ends the text; gives what was left open.
    mutating func finish() -> [TextBlock]
    /// What was left out of the text, and why, since this was asked last.
    mutating func takeOmissions() -> [Omission]
}

extension BlockParser {
    package mutating func takeOmissions() -> [Omission] { [] }
}
