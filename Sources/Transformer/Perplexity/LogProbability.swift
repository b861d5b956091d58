import Foundation
import Tokenization

/// The logarithm of a token's softmax probability.
package func logProbability(of token: TokenID, in logits: [Float]) -> Double {
    let largest = logits.max() ?? 0
    var sum = 0.0
    for logit in logits { sum += Double(exp(logit - largest)) }
    return Double(logits[Int(token)] - largest) - log(sum)
}
