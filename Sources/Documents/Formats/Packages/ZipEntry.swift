/// What the directory of a ZIP archive says of a member.
package struct ZipEntry: Sendable {
    package var name: String
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
