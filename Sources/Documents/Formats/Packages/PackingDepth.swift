/// How deep archives may stand in archives.
enum PackingDepth {
    /// - Parameter depth: How many packings were undone to come to the bytes, ``DocumentBytes/depth``.
    static func check(_ depth: Int, name: String) throws(DocumentError) {
        guard depth < deepest else {
            throw .unsupported(
                name: name, reason: "it is packed more than \(deepest) times; unpack it and name what is in it")
        }
    }

    /// An archive in an archive in a compressed archive.
    private static let deepest = 4
}
