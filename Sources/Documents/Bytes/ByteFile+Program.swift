extension ByteFile {
    /// The same bytes in an open file, for a program that is to read them: memory goes into a temporary one.
    /// - Throws: ``DocumentError/noRoom(folder:reason:)``.
    func onDisk() throws(DocumentError) -> ByteFile {
        guard descriptor == nil else { return self }
        var stream = FileStream(self)
        return try stream.spooled(name: name)
    }
}
