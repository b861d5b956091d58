import Foundation

/// What a figure was measured on.
enum Machine {
    /// The CPU's name as the system gives it.
    static var cpu: String {
        let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
        let line = text.split(separator: "\n").first { $0.hasPrefix("model name") }
        let name = line?.split(separator: ":", maxSplits: 1).last?.trimmingCharacters(in: .whitespaces)
        return name ?? "unknown"
    }

    /// How many threads wanted a CPU lately (the load average of the last minute); nil where the system does not say.
    static var load: Double? {
        var averages = [0.0]
        return getloadavg(&averages, 1) == 1 ? averages[0] : nil
    }

    /// The most memory that this process has had resident so far, in bytes.
    static var peakResidentBytes: Int {
        var usage = rusage()
        #if os(Linux)
            return getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 ? Int(usage.ru_maxrss) * 1_024 : 0
        #else
            return getrusage(RUSAGE_SELF, &usage) == 0 ? Int(usage.ru_maxrss) : 0
        #endif
    }
}
