import CZlib

/// Undoes the compression of zlib, whatever stands around it.
final class Inflater {
    /// What stands around the compressed data.
    enum Wrapping: Int32 {
        /// Nothing: members of ZIP archives.
        case none = -15
        /// The header and the checksum of gzip.
        case gzip = 31
    }

    enum Outcome {
        /// More is needed, or more room.
        case open
        /// The end of the data was reached.
        case end
        /// This is no such data.
        case damaged
    }

    /// zlib keeps the address of it.
    private let stream: UnsafeMutablePointer<z_stream>
    private let isReady: Bool

    init(_ wrapping: Wrapping) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let size = Int32(MemoryLayout<z_stream>.size)
        isReady = inflateInit2_(stream, wrapping.rawValue, ZLIB_VERSION, size) == Z_OK
    }

    deinit {
        if isReady { inflateEnd(stream) }
        stream.deinitialize(count: 1)
        stream.deallocate()
    }

    /// Begins another member.
    func reset() { inflateReset(stream) }

    /// Takes bytes from the front of `input`; gives at most a block.
    func inflate(_ input: inout ArraySlice<UInt8>) -> (bytes: [UInt8], outcome: Outcome) {
        guard isReady else { return ([], .damaged) }
        var status = Z_OK
        var left = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: byteBlockSize) { output, filled in
            input.withUnsafeBufferPointer { input in
                // zlib does not write to its input.
                stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                stream.pointee.avail_in = UInt32(clamping: input.count)
                stream.pointee.next_out = output.baseAddress
                stream.pointee.avail_out = UInt32(byteBlockSize)
                status = CZlib.inflate(stream, Z_NO_FLUSH)
                left = Int(stream.pointee.avail_in)
                filled = byteBlockSize - Int(stream.pointee.avail_out)
            }
        }
        input = input.suffix(left)
        switch status {
        case Z_STREAM_END: return (bytes, .end)
        case Z_OK, Z_BUF_ERROR: return (bytes, .open)
        default: return (bytes, .damaged)
        }
    }
}
