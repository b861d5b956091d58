import HeapModule

/// Byte-pair merging: while any neighbours merge, those of the lowest rank do, the leftmost first.
///
/// Source: Sennrich et al., "Neural Machine Translation of Rare Words with Subword Units" (arXiv 1508.07909).
enum Merging {
    /// Up to this many symbols, looking through all pairs is faster than a heap.
    private static let fewSymbols = 96

    /// Merges the symbols of a word in place.
    static func merge(_ symbols: inout Symbols, by table: MergeTable) {
        if symbols.count <= fewSymbols {
            mergeFew(&symbols, table)
        } else {
            mergeMany(&symbols, table)
        }
    }

    /// In quadratic time, without a heap.
    private static func mergeFew(_ symbols: inout Symbols, _ table: MergeTable) {
        guard symbols.count > 1 else { return }
        let total = symbols.count
        let merged = withUnsafeTemporaryAllocation(of: MergeTable.Merge.self, capacity: total) { pairs -> Int in
            symbols.ids.withUnsafeMutableBufferPointer { ids in
                symbols.starts.withUnsafeMutableBufferPointer { starts in
                    for index in 0..<total - 1 { pairs[index] = table.merge(ids[index], ids[index + 1]) }
                    var count = total
                    while count > 1 {
                        var best = 0
                        var bestRank = UInt32.max
                        for index in 0..<count - 1 {
                            let rank = MergeTable.rank(pairs[index])
                            if rank < bestRank {
                                bestRank = rank
                                best = index
                            }
                        }
                        if bestRank == UInt32.max { break }
                        ids[best] = MergeTable.result(pairs[best])
                        for index in best + 1..<count - 1 {
                            ids[index] = ids[index + 1]
                            starts[index] = starts[index + 1]
                            pairs[index - 1] = pairs[index]
                        }
                        count -= 1
                        if best > 0 { pairs[best - 1] = table.merge(ids[best - 1], ids[best]) }
                        if best < count - 1 { pairs[best] = table.merge(ids[best], ids[best + 1]) }
                    }
                    return count
                }
            }
        }
        symbols.ids.removeSubrange(merged...)
        symbols.starts.removeSubrange(merged...)
    }

    /// In O(n log n): a heap of pairs over a linked list of symbols.
    private static func mergeMany(_ symbols: inout Symbols, _ table: MergeTable) {
        let count = symbols.count
        // Of a symbol that was merged into the one before it.
        let gone: TokenID = -1
        var previous = (0..<Int32(count)).map { $0 - 1 }
        var next = (0..<Int32(count)).map { $0 + 1 }
        let end = Int32(count)

        func entry(_ merge: MergeTable.Merge, at position: Int32) -> UInt64 {
            UInt64(MergeTable.rank(merge)) << 32 | UInt64(UInt32(position))
        }
        var pairs: [UInt64] = []
        for index in 0..<count - 1 {
            let merge = table.merge(symbols.ids[index], symbols.ids[index + 1])
            if merge != MergeTable.none { pairs.append(entry(merge, at: Int32(index))) }
        }
        var heap = Heap(pairs)
        while let pair = heap.popMin() {
            let left = Int(UInt32(truncatingIfNeeded: pair))
            let right = Int(next[left])
            guard symbols.ids[left] != gone, right < count else { continue }
            // A pair that one of its symbols has left since has another rank now.
            let merge = table.merge(symbols.ids[left], symbols.ids[right])
            guard merge != MergeTable.none, UInt64(MergeTable.rank(merge)) == pair >> 32 else { continue }
            symbols.ids[left] = MergeTable.result(merge)
            symbols.ids[right] = gone
            next[left] = next[right]
            if next[right] < end {
                previous[Int(next[right])] = Int32(left)
                let following = table.merge(symbols.ids[left], symbols.ids[Int(next[left])])
                if following != MergeTable.none { heap.insert(entry(following, at: Int32(left))) }
            }
            if previous[left] >= 0 {
                let before = table.merge(symbols.ids[Int(previous[left])], symbols.ids[left])
                if before != MergeTable.none { heap.insert(entry(before, at: previous[left])) }
            }
        }
        var kept = 0
        for index in 0..<count where symbols.ids[index] != gone {
            symbols.ids[kept] = symbols.ids[index]
            symbols.starts[kept] = symbols.starts[index]
            kept += 1
        }
        symbols.ids.removeSubrange(kept...)
        symbols.starts.removeSubrange(kept...)
    }
}
