import CKernels

/// CRC-32C, the checksum of iSCSI and ext4 (RFC 3720, appendix B.4): it finds every flipped bit, and every burst of up to 32.
public enum Checksum {
    /// The checksum of `bytes`, continuing that of the bytes before them (0 at the start).
    public static func crc32c(_ bytes: UnsafeRawBufferPointer, continuing checksum: UInt32 = 0) -> UInt32 {
        Kernels.current.pointee.crc32c?(checksum, bytes.baseAddress, bytes.count) ?? checksum
    }

    /// The checksum of an array of bytes, likewise.
    public static func crc32c(_ bytes: [UInt8], continuing checksum: UInt32 = 0) -> UInt32 {
        bytes.withUnsafeBytes { crc32c($0, continuing: checksum) }
    }
}
