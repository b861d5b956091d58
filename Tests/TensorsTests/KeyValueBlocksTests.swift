import Tensors
import TestSupport
import Testing

@Suite struct KeyValueBlocksTests {
    private static let pool = ThreadPool(threads: 2)

    private static func rows(_ count: Int, from first: Int) -> Matrix {
        let matrix = Matrix(rows: count, columns: 2 * 6)
        for row in 0..<count {
            // Small whole numbers are bf16 as they are.
            for column in 0..<12 { matrix.row(row)[column] = Float((first + row) % 200 + column) }
        }
        return matrix
    }

    private static func append(_ count: Int, to blocks: inout KeyValueBlocks, marked mark: Int = 0) {
        let rows = rows(count, from: blocks.keyCount + mark)
        blocks.append(rows.view, rows.view, on: pool)
    }

    private static func check(
        _ blocks: KeyValueBlocks, count: Int, marks: (Int) -> Int, location: SourceLocation = #_sourceLocation
    ) {
        #expect(blocks.keyCount == count && blocks.valueCount == count, sourceLocation: location)
        let expected = (0..<count).flatMap { position in
            (6..<12).map { Float((position + marks(position)) % 200 + $0) }
        }
        #expect(blocks.keys(head: 1, positions: 0..<count) == expected, sourceLocation: location)
    }

    @Test(arguments: [false, true]) func keysComeBack(isBF16: Bool) {
        var blocks = KeyValueBlocks(KeyValueBlocks.Layout(heads: 2, headDimension: 6, isBF16: isBF16))
        for count in [1, 1, 30, 5, 128, 200, 1, 1, 300] { Self.append(count, to: &blocks) }
        Self.check(blocks, count: 667) { _ in 0 }
        #expect(blocks.keys(head: 0, positions: 30..<40)?.first == 30)
        #expect(blocks.keys(head: 0, positions: 660..<668) == nil)
        #expect(blocks.keys(head: 2, positions: 0..<1) == nil)
    }

    /// Whoever goes on behind what is shared leaves it as it is, at whatever place it was shared.
    @Test(arguments: [false, true], [1, 40, 63, 64, 128, 200]) func copiesGoTheirOwnWays(isBF16: Bool, shared: Int) {
        var first = KeyValueBlocks(KeyValueBlocks.Layout(heads: 2, headDimension: 6, isBF16: isBF16))
        Self.append(shared, to: &first)
        var second = first, third = first
        third.truncate(to: shared / 2)
        Self.append(50, to: &first, marked: 1)
        Self.append(70, to: &second, marked: 2)
        Self.append(90, to: &third, marked: 3)
        Self.append(1, to: &first, marked: 1)
        Self.check(first, count: shared + 51) { $0 < shared ? 0 : 1 }
        Self.check(second, count: shared + 70) { $0 < shared ? 0 : 2 }
        Self.check(third, count: shared / 2 + 90) { $0 < shared / 2 ? 0 : 3 }
    }

    @Test func truncatingFreesAndGoesOn() {
        var blocks = KeyValueBlocks(KeyValueBlocks.Layout(heads: 2, headDimension: 6, isBF16: false))
        Self.append(500, to: &blocks)
        let bytes = blocks.byteCount
        blocks.truncate(to: 130)
        #expect(blocks.byteCount < bytes)
        Self.append(10, to: &blocks, marked: 5)
        Self.check(blocks, count: 140) { $0 < 130 ? 0 : 5 }
        blocks.truncate(to: 0)
        #expect(blocks.byteCount == 0)
    }

    /// A copy costs no memory, and little for what it adds.
    @Test func copiesShareMemory() {
        let layout = KeyValueBlocks.Layout(heads: 2, headDimension: 6, isBF16: true)
        var blocks = KeyValueBlocks(layout)
        Self.append(1000, to: &blocks)
        var copy = blocks
        let before = copy.byteCount
        Self.append(20, to: &copy)
        // 32 positions of keys and of values, which are padded to 32 elements.
        #expect(copy.byteCount - before == 2 * 32 * (6 + 32) * 2)
    }
}

extension KeyValueBlocks {
    /// Stores rows behind what is there.
    mutating func append(_ keys: MatrixView, _ values: MatrixView, on pool: ThreadPool) {
        let start = keyCount
        reserve(start + keys.rows, values: true)
        KeyValueBlocks.store(
            [Store(blocks: self, start: start, keys: keys, transform: nil, values: values)], on: pool)
        advance(to: start + keys.rows, values: true)
    }
}
