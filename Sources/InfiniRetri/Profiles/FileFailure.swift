import Foundation

/// Says why a file could not be read or written.
enum FileFailure {
    /// The system's own words where there are any: "Not a directory". Foundation's description of many errors is a number.
    static func reason(_ error: any Error) -> String {
        let underlying = (error as? CocoaError)?.underlying as? POSIXError
        return underlying.map { String(cString: strerror($0.code.rawValue)) } ?? error.localizedDescription
    }
}
