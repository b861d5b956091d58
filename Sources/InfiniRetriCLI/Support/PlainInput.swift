import Foundation

/// Text that a command needs whole.
enum PlainInput {
    /// The bytes of a file, or of standard input for `-`.
    static func bytes(of path: String) throws -> [UInt8] {
        if path == "-" {
            return Array(try FileHandle.standardInput.readToEnd() ?? Data())
        }
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw CommandError("\(path): no such file")
        }
        if isFolder.boolValue { throw CommandError("\(path): this is a folder; give a file") }
        do {
            return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        } catch {
            throw CommandError("\(path): \(FailureMessage.text(of: error))")
        }
    }
}
