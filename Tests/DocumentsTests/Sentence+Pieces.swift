import Documents
import Passages
import TestSupport

extension Sentence {
    /// All sentences of plain text in UTF-8 that comes in pieces.
    static func all(
        in bytes: [UInt8], segmentation: Segmentation = Segmentation(), blockSize: Int
    ) throws -> [Sentence] {
        let stream = PiecewiseStream(bytes, size: blockSize)
        return try all(
            of: BlockReader(prose: DocumentBytes(stream, name: "")), segmentation: segmentation)
    }
}
