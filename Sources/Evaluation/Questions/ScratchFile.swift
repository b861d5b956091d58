import Foundation

/// A temporary file that no folder names: its room is free again with its last handle, however the program ends.
enum ScratchFile {
    /// Makes an empty file in the folder for temporary files (`TMPDIR`).
    /// - Throws: `EvaluationError.unwritable`.
    static func make() throws(EvaluationError) -> FileHandle {
        let folder = folder
        var name = Array("\(folder)/infiniretri-XXXXXX".utf8CString)
        let descriptor = mkstemp(&name)
        guard descriptor >= 0 else {
            throw .unwritable(folder: folder, reason: String(cString: strerror(errno)))
        }
        unlink(name)
        return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }

    /// Where such files are made.
    static var folder: String { FileManager.default.temporaryDirectory.path }
}
