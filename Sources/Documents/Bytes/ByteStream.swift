/// Bytes in order, a block at a time.
package protocol ByteStream {
    /// The next block, never empty; nil at the end.
    mutating func next() throws(DocumentError) -> [UInt8]?
}

/// The size of blocks that are read: large enough to make reading cheap, small enough to keep memory flat.
package let byteBlockSize = 1 << 16
