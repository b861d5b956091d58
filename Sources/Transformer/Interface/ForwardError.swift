import Tokenization

/// Why a pass could not be run. The caller's cache is left as it was.
public enum ForwardError: Error, Equatable {
    /// The request has no tokens.
    case noTokens
    /// A token id that the model does not have.
    case unknownToken(id: TokenID, vocabulary: Int)
    /// The sequence would be longer than the model's context.
    case contextExceeded(needed: Int, contextLength: Int)
    /// The probe asks for a head that the model does not have.
    case unknownHead(AttentionHead, layers: Int, heads: Int)
    /// The depth names a layer that the model does not have.
    case unknownLayer(Int, layers: Int)
    /// The probe asks for a head above the layer at which the pass stops.
    case headAboveDepth(AttentionHead, lastLayer: Int)
    /// The probe's rows are not among the request's tokens.
    case rowsOutside(rows: Range<Int>, tokens: Range<Int>)
    /// The probe's columns are not in the sequence.
    case columnsOutside(columns: Range<Int>, sequence: Range<Int>)
    /// Outputs were asked for at a position that is not among the request's tokens.
    case outputsOutside(position: Int, tokens: Range<Int>)
    /// Outputs were asked for of a pass that stops before the last layer.
    case outputsNeedWholeDepth
    /// An earlier pass stopped at a lower layer, so that the cache lacks what this one needs.
    case cacheTooShallow(layer: Int)
    /// The cache was made by another model.
    case foreignCache
    /// Two sequences of a pass have one cache.
    case sharedCache
}

extension ForwardError: CustomStringConvertible {
    /// One line for people: what is wrong, and what to do about it.
    public var description: String {
        switch self {
        case .noTokens: "There are no tokens to run: give at least one."
        case .unknownToken(let id, let vocabulary):
            "The model has no token \(id): ids go from 0 to \(vocabulary - 1); use the model's own tokenizer."
        case .contextExceeded(let needed, let contextLength):
            "The sequence would have \(needed) tokens and the model takes \(contextLength): "
                + "shorten the text or the window, or generate fewer tokens."
        case .unknownHead(let head, let layers, let heads):
            "The model has no \(head): it has \(layers) layers of \(heads) heads, counted from 0."
        case .unknownLayer(let layer, let layers):
            "The model has no layer \(layer): layers go from 0 to \(layers - 1)."
        case .headAboveDepth(let head, let lastLayer):
            "The probe asks for \(head) but the pass stops at layer \(lastLayer): run it deeper."
        case .rowsOutside(let rows, let tokens):
            "The probe's rows \(rows) must lie among the new tokens, which stand at positions \(tokens)."
        case .columnsOutside(let columns, let sequence):
            "The probe's columns \(columns) must lie in the sequence, which has the positions \(sequence)."
        case .outputsOutside(let position, let tokens):
            "There is no output of position \(position): the new tokens stand at positions \(tokens)."
        case .outputsNeedWholeDepth: "Outputs need a pass through all layers: ask for the depth `.whole`."
        case .cacheTooShallow(let layer):
            "The cache holds tokens that never reached layer \(layer): truncate it, or stop this pass below that layer."
        case .foreignCache: "The cache belongs to another model: make one with this model's `makeCache()`."
        case .sharedCache: "Two sequences of a pass continue the same cache: give each a `fork()` of it."
        }
    }
}
