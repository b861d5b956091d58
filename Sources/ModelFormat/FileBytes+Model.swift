import Files

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension FileBytes {
    /// Maps a model file for reading.
    package convenience init(mapping path: String) throws(GGUFError) {
        // O_NONBLOCK: opening a named pipe must not wait for its writer.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw .cannotOpen(path: path, reason: SystemError.last.reason)
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw .cannotOpen(path: path, reason: SystemError.last.reason)
        }
        switch status.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFDIR: throw .cannotOpen(path: path, reason: "it is a folder; give the path of a .gguf file")
        default: throw .cannotOpen(path: path, reason: "it is not a regular file; give the path of a .gguf file")
        }
        guard status.st_size > 0 else {
            throw .cannotOpen(path: path, reason: "the file is empty; fetch it again")
        }
        do {
            try self.init(mapping: descriptor, count: Int(status.st_size))
        } catch {
            throw .cannotOpen(path: path, reason: error.reason)
        }
    }
}
