/// How much fits.
enum FittingSize {
    /// The largest size whose text has at most `tokens` tokens, found by halving; the smallest where none has. Texts must grow
    /// with their size.
    static func largest(in sizes: ClosedRange<Int>, tokens: Int, of count: (Int) -> Int) -> Int {
        var (low, high) = (sizes.lowerBound, sizes.upperBound)
        while low < high {
            let middle = low + (high - low + 1) / 2
            if count(middle) <= tokens { low = middle } else { high = middle - 1 }
        }
        return low
    }
}
