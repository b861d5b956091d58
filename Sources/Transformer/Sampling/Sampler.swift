import Tokenization

/// One step on the way from logits to a token. A further way of sampling is one file with a conforming type, and one line
/// in ``TokenSampler``.
package protocol Sampler: Sendable {
    /// Changes logits or takes candidates away; leaves at least one.
    ///
    /// - Parameter history: The tokens of the prompt and those generated.
    func apply(to candidates: inout Candidates, history: Set<TokenID>)
}
