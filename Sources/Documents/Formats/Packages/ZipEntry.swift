/// What the directory of a ZIP archive says of a member.
struct ZipEntry: Sendable {
    var name: String
    var method: Int
    var isEncrypted: Bool
    var checksum: UInt32
    /// Bytes, packed and unpacked.
    var packedSize: Int
    var size: Int
    /// Where its own header stands.
    var offset: Int

    var isFolder: Bool { name.hasSuffix("/") }
}
