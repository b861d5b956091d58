/// rows x columns of float32, row-major without gaps, aligned to 64 bytes, zero at first.
///
/// Not synchronised: threads that write must write to different elements.
public final class Matrix: @unchecked Sendable {
    /// How many rows.
    public let rows: Int
    /// How many columns; rows follow each other without gaps.
    public let columns: Int
    /// rows * columns elements.
    public let pointer: UnsafeMutablePointer<Float>

    /// A matrix of zeros. Negative sizes count as zero.
    public init(rows: Int, columns: Int) {
        self.rows = max(0, rows)
        self.columns = max(0, columns)
        let memory = AlignedMemory.allocate(Float.self, count: self.rows * self.columns)
        memory.initialize(repeating: 0, count: self.rows * self.columns)
        pointer = memory
    }

    deinit { pointer.deallocate() }

    /// One row, which must exist.
    public func row(_ index: Int) -> UnsafeMutableBufferPointer<Float> {
        precondition(index >= 0 && index < rows, "The matrix has no such row.")
        return UnsafeMutableBufferPointer(start: pointer + index * columns, count: columns)
    }

    /// The whole matrix.
    public var view: MatrixView { MatrixView(pointer: pointer, rows: rows, columns: columns, stride: columns) }

    /// A rectangle of the matrix, within its bounds.
    public func view(rows: Range<Int>, columns: Range<Int>? = nil) -> MatrixView {
        view.slice(rows: rows, columns: columns ?? 0..<self.columns)
    }
}

/// A borrowed rectangle of a row-major matrix of float32: valid as long as the memory that it lies in.
public struct MatrixView: @unchecked Sendable {
    /// The element in row 0 and column 0.
    public let pointer: UnsafeMutablePointer<Float>
    /// How many rows.
    public let rows: Int
    /// How many columns.
    public let columns: Int
    /// Elements from one row's start to the next row's.
    public let stride: Int

    /// Describes memory of (rows - 1) * stride + columns elements.
    public init(pointer: UnsafeMutablePointer<Float>, rows: Int, columns: Int, stride: Int) {
        precondition(rows >= 0 && columns >= 0 && stride >= columns, "A view's rows must not overlap.")
        self.pointer = pointer
        self.rows = rows
        self.columns = columns
        self.stride = stride
    }

    /// A smaller rectangle, within the bounds of this one.
    public func slice(rows: Range<Int>, columns: Range<Int>) -> MatrixView {
        precondition(
            rows.lowerBound >= 0 && rows.upperBound <= self.rows && columns.lowerBound >= 0
                && columns.upperBound <= self.columns, "The slice leaves the matrix.")
        return MatrixView(
            pointer: pointer + rows.lowerBound * stride + columns.lowerBound, rows: rows.count,
            columns: columns.count, stride: stride)
    }

    /// Some of the rows, which must exist.
    public func slice(rows: Range<Int>) -> MatrixView { slice(rows: rows, columns: 0..<columns) }

    /// The start of a row, which must exist.
    public func row(_ index: Int) -> UnsafeMutablePointer<Float> {
        precondition(index >= 0 && index < rows, "The view has no such row.")
        return pointer + index * stride
    }
}

/// Memory for vector instructions.
enum AlignedMemory {
    /// Uninitialised memory for `count` (at least one) elements, aligned to 64 bytes; freed with `deallocate()`.
    static func allocate<Element>(_ type: Element.Type, count: Int) -> UnsafeMutablePointer<Element> {
        let bytes = max(1, count) * MemoryLayout<Element>.stride
        return UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
            .bindMemory(to: Element.self, capacity: max(1, count))
    }
}
