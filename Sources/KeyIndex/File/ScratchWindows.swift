import Documents
import Files
import Foundation
import Passages

/// Windows of documents in a temporary file, as an index has them but without keys: text of any length can be gone through again
/// while memory stays flat.
package struct ScratchWindows {
    private let file: ScratchFile
    /// Where each window's record lies in the file.
    private var records: [Range<Int>] = []
    private var end = 0
    private static let layout = KeyLayout(sources: [], dimension: 0, format: .int8)

    /// - Throws: ``DocumentError/noRoom(folder:reason:)``.
    package init() throws(DocumentError) {
        do throws(SystemError) {
            file = try ScratchFile()
        } catch {
            throw .noRoom(folder: ScratchFile.folder, reason: error.reason)
        }
    }

    /// Writes a window; its passages' documents keep their numbers.
    /// - Throws: ``DocumentError/noRoom(folder:reason:)``.
    package mutating func append(_ window: Window) throws(DocumentError) {
        let bytes = WindowBlock.metadata(of: window) { UInt32(truncatingIfNeeded: $0) }
        do throws(SystemError) {
            try file.write(bytes)
        } catch {
            throw .noRoom(folder: ScratchFile.folder, reason: error.reason)
        }
        records.append(end..<end + bytes.count)
        end += bytes.count
    }

    /// The windows that were written, which hold the file.
    /// - Throws: ``DocumentError/noRoom(folder:reason:)`` where it cannot be mapped.
    package func windows() throws -> [WindowBlock] {
        guard end > 0 else { return [] }
        let bytes: FileBytes
        do throws(SystemError) {
            bytes = try FileBytes(mapping: file.handle.fileDescriptor, count: end)
        } catch {
            throw DocumentError.noRoom(folder: ScratchFile.folder, reason: error.reason)
        }
        return try records.map {
            try WindowBlock(file: bytes, metadata: $0, data: $0.upperBound..<$0.upperBound, layout: Self.layout)
        }
    }
}
