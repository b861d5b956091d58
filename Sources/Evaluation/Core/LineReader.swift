import Foundation

/// The lines of a file, one at a time, so that a file of any size can be read.
struct LineReader {
    struct Line {
        /// The bytes without the line feed.
        var bytes: Data
        /// Where the line begins in the file, and where the next one does.
        var range: Range<Int>
        /// False for a last line without line feed.
        var isTerminated: Bool
    }

    private let handle: FileHandle
    private var buffer = Data()
    private var offset = 0
    private var isAtEnd = false

    /// Reads from the handle's current place, which offsets are counted from.
    init(handle: FileHandle) { self.handle = handle }

    /// The next line, nil behind the last.
    mutating func next() throws -> Line? {
        var searched = 0
        while true {
            // Searched as plain memory: lines may be long, and every byte of `Data` costs a check.
            if let feed = buffer.withUnsafeBytes({ $0[searched...].firstIndex(of: 0x0A) }) {
                return take(feed, isTerminated: true)
            }
            if isAtEnd {
                return buffer.isEmpty ? nil : take(buffer.count, isTerminated: false)
            }
            searched = buffer.count
            if let chunk = try handle.read(upToCount: 1 << 18), !chunk.isEmpty {
                buffer.append(chunk)
            } else {
                isAtEnd = true
            }
        }
    }

    private mutating func take(_ count: Int, isTerminated: Bool) -> Line {
        let length = count + (isTerminated ? 1 : 0)
        let line = Line(
            bytes: Data(buffer.prefix(count)), range: offset..<(offset + length), isTerminated: isTerminated)
        buffer.removeFirst(length)
        offset += length
        return line
    }
}
