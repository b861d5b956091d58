import ArgumentParser
import Foundation

/// Values separated by commas.
struct CommaSeparated<Value: LosslessStringConvertible & Sendable>: ExpressibleByArgument, Sendable {
    var values: [Value]

    init(_ values: [Value]) { self.values = values }

    init?(argument: String) {
        let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
        values = parts.compactMap { Value($0.trimmingCharacters(in: .whitespaces)) }
        if values.count != parts.count { return nil }
    }

    var defaultValueDescription: String { values.map(\.description).joined(separator: ",") }
}
