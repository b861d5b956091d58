import Files
import SystemPackage

extension ByteStream {
    /// All bytes that are still to come, in a temporary file, so that they can be read anywhere.
    /// - Throws: ``DocumentError/noRoom(folder:reason:)``, and what reading throws.
    mutating func spooled(name: String) throws(DocumentError) -> ByteFile {
        let file: ScratchFile
        do {
            file = try ScratchFile()
        } catch {
            throw .noRoom(folder: ScratchFile.folder, reason: error.reason)
        }
        var count = 0
        while let block = try next() {
            do {
                try file.write(block)
            } catch {
                throw .noRoom(folder: ScratchFile.folder, reason: error.reason)
            }
            count += block.count
        }
        return ByteFile(file, count: count, name: name)
    }
}
