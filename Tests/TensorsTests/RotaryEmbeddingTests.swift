import Tensors
import TestSupport
import Testing

@Suite struct RotaryEmbeddingTests {
    /// The scores of rotated queries and keys depend on the distance of their positions alone.
    @Test(arguments: [RotaryLayout.adjacentPairs, .halves]) func scoresDependOnDistance(_ layout: RotaryLayout) {
        var generator = SeededGenerator(seed: 60)
        let pool = ThreadPool(threads: 2)
        let table = RotaryTable(positions: 200, frequencies: [1, 0.1, 0.01, 0.3], layout: layout)
        let query = generator.normals(10), key = generator.normals(10)
        func rotated(_ head: [Float], at position: Int) -> [Double] {
            let x = Matrix(rows: 1, columns: 10)
            x.pointer.update(from: head, count: 10)
            HeadTransform(headDimension: 10, rotary: table).apply(to: [(x.view, position)], on: pool)
            #expect(Array(x.row(0)[8...]) == Array(head[8...]))
            return x.row(0).map(Double.init)
        }
        func score(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
        let near = score(rotated(query, at: 17), rotated(key, at: 5))
        #expect(abs(near - score(rotated(query, at: 190), rotated(key, at: 178))) < 1e-5)
        #expect(abs(near - score(rotated(query, at: 18), rotated(key, at: 5))) > 1e-3)
        let unturned = zip(rotated(query, at: 0), query).map { abs($0 - Double($1)) }.max() ?? .infinity
        #expect(unturned == 0)
    }

    @Test func positionsFollowRows() {
        let pool = ThreadPool(threads: 3)
        let table = RotaryTable(positions: 100, frequencies: [1], factor: 2, layout: .halves)
        let x = Matrix(rows: 60, columns: 4)
        for row in 0..<60 { for column in 0..<4 { x.row(row)[column] = column.isMultiple(of: 2) ? 1 : 0 } }
        HeadTransform(headDimension: 2, rotary: table).apply(to: [(x.view, 40)], on: pool)
        for row in 0..<60 {
            let angle = Double(40 + row)
            // Real and imaginary part of exp(i angle), by the power series of a hundredth of it, raised to the hundredth.
            let (c, s) = turned(angle)
            #expect(abs(Double(x.row(row)[0]) - 2 * c) < 1e-6 && abs(Double(x.row(row)[1]) - 2 * s) < 1e-6)
            #expect(x.row(row)[0] == x.row(row)[2] && x.row(row)[1] == x.row(row)[3])
        }
    }

    private func turned(_ angle: Double) -> (Double, Double) {
        let steps = 4096, part = angle / Double(steps)
        let (c, s) = (1 - part * part / 2 + part * part * part * part / 24, part - part * part * part / 6)
        return (0..<steps).reduce((1.0, 0.0)) { z, _ in (z.0 * c - z.1 * s, z.0 * s + z.1 * c) }
    }
}
