import Foundation

/// A temporary file that no folder names: its room is free again with its last handle, however the program ends.
package struct ScratchFile: Sendable {
    /// Reads and writes it.
    package let handle: FileHandle

    /// Makes an empty file in the folder for temporary files (`TMPDIR`).
    package init() throws(SystemError) {
        var name = Array("\(Self.folder)/infiniretri-XXXXXX".utf8CString)
        let descriptor = mkstemp(&name)
        guard descriptor >= 0 else { throw .last }
        unlink(name)
        handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }

    /// A file that is open already.
    package init(_ handle: FileHandle) { self.handle = handle }

    /// Where such files are made.
    package static var folder: String { FileManager.default.temporaryDirectory.path }

    /// Writes all bytes at the current place.
    package func write(_ bytes: some ContiguousBytes) throws(SystemError) {
        let failure: SystemError? = bytes.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let part = UnsafeRawBufferPointer(rebasing: rest)
                let count = Foundation.write(handle.fileDescriptor, part.baseAddress, part.count)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return .last }
                rest = rest.dropFirst(count)
            }
            return nil
        }
        if let failure { throw failure }
    }
}
