import Foundation

/// A logistic model of few features, fitted by Newton's method with a small penalty, which keeps weights finite where the classes
/// can be told apart without an error.
struct LogisticRegression {
    /// For each feature its weight; last the bias.
    let weights: [Double]

    /// - Parameters:
    ///   - rows: The features of each example.
    ///   - labels: Which of two classes each belongs to.
    ///   - penalty: Times half the squared weights, beside the sum of log-losses; none for the bias.
    init(_ rows: [[Double]], labels: [Bool], penalty: Double = 1) {
        let count = (rows.first?.count ?? 0) + 1
        var weights = [Double](repeating: 0, count: count)
        for _ in 0..<30 {
            var gradient = [Double](repeating: 0, count: count)
            var hessian = [[Double]](repeating: gradient, count: count)
            for index in 0..<count - 1 {
                gradient[index] = -penalty * weights[index]
                hessian[index][index] = penalty
            }
            hessian[count - 1][count - 1] = 1e-9
            for (row, label) in zip(rows, labels) {
                let row = row + [1]
                let sum = zip(row, weights).reduce(0) { $0 + $1.0 * $1.1 }
                let probability = 1 / (1 + exp(-sum))
                for one in 0..<count {
                    gradient[one] += ((label ? 1 : 0) - probability) * row[one]
                    for other in 0..<count {
                        hessian[one][other] += probability * (1 - probability) * row[one] * row[other]
                    }
                }
            }
            let step = Self.solve(hessian, gradient)
            for index in weights.indices { weights[index] += step[index] }
            if step.allSatisfy({ abs($0) < 1e-9 }) { break }
        }
        self.weights = weights
    }

    /// Solves a small system of linear equations with a positive definite matrix.
    private static func solve(_ matrix: [[Double]], _ right: [Double]) -> [Double] {
        var (matrix, right) = (matrix, right)
        for pivot in right.indices {
            for row in right.indices where row > pivot {
                let factor = matrix[row][pivot] / matrix[pivot][pivot]
                for column in pivot..<right.count { matrix[row][column] -= factor * matrix[pivot][column] }
                right[row] -= factor * right[pivot]
            }
        }
        for pivot in right.indices.reversed() {
            for column in right.indices where column > pivot { right[pivot] -= matrix[pivot][column] * right[column] }
            right[pivot] /= matrix[pivot][pivot]
        }
        return right
    }
}
