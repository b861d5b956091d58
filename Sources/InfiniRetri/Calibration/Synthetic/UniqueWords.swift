import Transformer

/// Words drawn until they are new: none contains another.
struct UniqueWords {
    private var drawn: [String] = []

    /// Nil where a list has nothing new to give.
    mutating func draw(
        using random: inout SplitMix64, _ draw: (inout SplitMix64) -> String
    ) -> String? {
        for _ in 0..<30 {
            let word = draw(&random)
            guard !word.isEmpty, !drawn.contains(where: { $0.contains(word) || word.contains($0) }) else { continue }
            drawn.append(word)
            return word
        }
        return nil
    }
}
