extension ByteFile {
    /// The same bytes in an open file, for a program that is to read them: memory goes into a temporary one.
    /// - Throws: ``DocumentError/noRoom(folder:reason:)``.
    func onDisk() throws(DocumentError) -> ByteFile {
        guard descriptor == nil else { return self }
        var spool = try Spool()
        var stream = FileStream(self)
        while let block = try stream.next() { try spool.write(block) }
        return ByteFile(spool.descriptor, count: spool.count, name: name)
    }
}
