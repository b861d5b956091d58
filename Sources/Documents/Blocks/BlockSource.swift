/// Gives the blocks of a document that is no text of its own: pages, packed markup, messages. Such a format is one conformance, with
/// an initializer that takes the ``DocumentBytes``.
package protocol BlockSource {
    /// The name of the format, as filters have it; nil where it does not show yet.
    var kind: String? { get }
    /// The next blocks, perhaps none; nil behind the last ones. Memory is bounded by what one call gives.
    mutating func next() throws(DocumentError) -> [TextBlock]?
    /// What was left out, and why, since this was asked last.
    mutating func takeOmissions() -> [Omission]
    /// Size and CRC-32C of the bytes read so far, ``DocumentBytes/digest``.
    var digest: (bytes: Int, checksum: UInt32) { get }
}

extension BlockSource {
    package mutating func takeOmissions() -> [Omission] { [] }
}
