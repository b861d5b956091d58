import ArgumentParser

/// The value of `--hops`.
enum HopCount: ExpressibleByArgument {
    /// As many steps as the evidence asks for.
    case automatic
    /// So many.
    case steps(Int)

    init?(argument: String) {
        if argument == "auto" {
            self = .automatic
        } else if let steps = Int(argument), (0...16).contains(steps) {
            self = .steps(steps)
        } else {
            return nil
        }
    }
}
