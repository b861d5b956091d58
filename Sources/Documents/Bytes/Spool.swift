import Foundation
import SystemPackage

/// A temporary file that no folder names: its room is free again when it is closed, however the program ends.
struct Spool {
    let descriptor: FileDescriptor
    private(set) var count = 0

    /// Makes an empty one in the folder for temporary files (`TMPDIR`).
    init() throws(DocumentError) {
        var name = Array("\(Self.folder)/infiniretri-XXXXXX".utf8CString)
        let number = mkstemp(&name)
        guard number >= 0 else { throw .noRoom(folder: Self.folder, reason: "\(Errno(rawValue: errno))") }
        unlink(name)
        descriptor = FileDescriptor(rawValue: number)
    }

    mutating func write(_ bytes: [UInt8]) throws(DocumentError) {
        do {
            count += try descriptor.writeAll(bytes)
        } catch {
            throw .noRoom(folder: Self.folder, reason: "\(error)")
        }
    }

    private static var folder: String { FileManager.default.temporaryDirectory.path }
}
