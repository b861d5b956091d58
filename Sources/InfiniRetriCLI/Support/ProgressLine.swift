import Foundation

/// One line on the terminal that is written over as work goes on; silent where standard error is no terminal.
struct ProgressLine {
    private let isShown: Bool
    private var lastUpdate: ContinuousClock.Instant?

    init(isQuiet: Bool) { isShown = Console.isTerminal && !isQuiet }

    /// Shows a text, at most ten times a second.
    mutating func show(_ text: @autoclosure () -> String) {
        guard isShown else { return }
        let now = ContinuousClock.now
        if let lastUpdate, now - lastUpdate < .milliseconds(100) { return }
        lastUpdate = now
        Console.put("\r\u{1B}[K\(text())")
    }

    /// Removes the line, before anything else is written.
    mutating func clear() {
        guard isShown, lastUpdate != nil else { return }
        Console.put("\r\u{1B}[K")
        lastUpdate = nil
    }
}
