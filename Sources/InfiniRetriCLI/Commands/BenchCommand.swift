import ArgumentParser
import Foundation
import Tensors

/// Speed of a model on this machine.
struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Measures how fast a model runs on this machine.",
        discussion: """
            Prefill of 512, 1,024 and 4,096 tokens, a retrieval pass and what a further question adds to it, decoding of one \
            text and of eight at once, loading; medians of warm runs. shareOfPeak is the share of this CPU's measured \
            arithmetic peak that the linear layers reach in a prefill of 1,024 tokens, all other work of the prefill counted \
            against them; shareOfRoof counts attention too, at its own peak. shareOfBandwidth is what decoding reads of the \
            weights, as a share of the measured read bandwidth.

            Compare programs side by side on a quiet machine: figures move between machines and minutes.

            Examples:
              infiniretri bench
              infiniretri bench --concurrency
              infiniretri bench --model path/to/model.gguf --threads 4 --json
            """)

    @OptionGroup(title: "Model") var model: ModelOptions
    @OptionGroup(title: "Retrieval") var retrieval: RetrievalArguments
    @Flag(help: "Measure several users at once too: about a minute more.") var concurrency = false
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
        let loaded = try model.load(output)
        let model = loaded.model
        let retriever = try await retrieval.retriever(for: loaded, output)
        let benchmark = ModelBenchmark(model: model)
        let load = Machine.load
        var progress = ProgressLine(isQuiet: output.quiet)
        defer { progress.clear() }
        progress.show("arithmetic peak ...")
        let peak = ArithmeticPeak.measure(threads: model.options.threads)
        let preparation = try benchmark.preparation()
        var prefill: [String: Double?] = [:]
        for count in [512, 1_024, 4_096] {
            progress.show("prefill of \(count) tokens ...")
            prefill[String(count)] = .some(try benchmark.prefill(count))
        }
        progress.show("decoding ...")
        let bandwidth = ReadBandwidth.measure(threads: model.options.threads)
        let decode = try benchmark.decode()
        let decodeBehind = try benchmark.decode(sequences: 1, behind: 600)
        let together = try benchmark.decode(sequences: 8, behind: 0)
        let togetherBehind = try benchmark.decode(sequences: 8, behind: 600)
        progress.show("retrieval ...")
        let retrieved = try await benchmark.retrieval(retriever)
        if concurrency { progress.show("several users ...") }
        let users = concurrency ? try await ConcurrencyBenchmark(retriever: retriever).run() : nil
        progress.clear()

        let best = model.options.arithmetic == .int8 ? peak.int8 : peak.float32
        let share = best.flatMap { best in
            (prefill["1024"] ?? nil).map { benchmark.linearOperations(1_024) * $0 / 1_024 / best }
        }
        // What a prefill would take if all its products ran at their peaks, over what it takes.
        let products =
            model.options.arithmetic == .int8 ? [peak.bfloat16, peak.float32].compactMap(\.self).max() : peak.float32
        let roof = best.flatMap { best in
            products.flatMap { products in
                (prefill["1024"] ?? nil).map { speed in
                    (benchmark.linearOperations(1_024) / best + benchmark.attentionOperations(1_024) / products) * speed
                        / 1_024
                }
            }
        }
        if let load, load > 0.5 * Double(model.options.threads) {
            Console.write(
                "The load average is \(Quantity.fixed(load, digits: 1)): other work on this machine makes these figures "
                    + "too low, and what they are compared with too.")
        }
        let report = BenchReport(
            model: loaded.name, cpu: Machine.cpu, threads: model.options.threads, kernels: Kernels.name,
            arithmetic: model.options.arithmetic.rawValue, peak: peak, prefill: prefill, decode: decode,
            decodeBehind600: decodeBehind, decodeTogether: together, decodeTogetherBehind600: togetherBehind,
            retrieval: .init(
                documentTokensPerSecond: retrieved.speed, furtherQuestion: retrieved.furtherQuestion,
                window: retrieved.window), shareOfPeak: share, shareOfRoof: roof, readBandwidth: bandwidth,
            shareOfBandwidth: decode * Double(try model.bytesOfDecoding) / bandwidth, loadAverage: load,
            concurrency: users,
            seconds: .init(load: loaded.seconds, repack: preparation), peakResidentBytes: Machine.peakResidentBytes)
        if output.json {
            try StandardOutput.write(json: report)
        } else {
            try StandardOutput.write(report.text)
        }
    }
}

/// The JSON object of `bench`.
private struct BenchReport: Encodable {
    struct Retrieval: Encodable {
        var documentTokensPerSecond: Double
        /// What each of eight further questions takes, as a share of the first one's time.
        var furtherQuestion: Double
        var window: Int
    }

    struct Seconds: Encodable {
        var load: Double
        var repack: Double
    }

    var model: String
    var cpu: String
    var threads: Int
    var kernels: String
    var arithmetic: String
    var peak: ArithmeticPeak
    var prefill: [String: Double?]
    var decode: Double
    /// Behind 600 tokens; of eight texts at once, all together.
    var decodeBehind600: Double?
    var decodeTogether: Double?
    var decodeTogetherBehind600: Double?
    var retrieval: Retrieval
    var shareOfPeak: Double?
    var shareOfRoof: Double?
    /// Bytes a second.
    var readBandwidth: Double
    var shareOfBandwidth: Double
    var loadAverage: Double?
    /// Nil unless it was asked for.
    var concurrency: ConcurrencyBenchmark.Figures?
    var seconds: Seconds
    var peakResidentBytes: Int

    /// The report for people.
    var text: String {
        func giga(_ value: Double?) -> String { value.map { "\(Quantity.fixed($0 / 1e9, digits: 1)) G/s" } ?? "none" }
        func speed(_ value: Double?) -> String { value.map { "\(Quantity.fixed($0, digits: 1)) tokens/s" } ?? "none" }
        func percent(_ value: Double?) -> String {
            value.map { "\(Quantity.fixed($0 * 100, digits: 1)) %" } ?? "unknown"
        }
        var rows: [(String, String)] = [
            ("model", model), ("cpu", "\(cpu), \(threads) threads, \(kernels) kernels, \(arithmetic)"),
            ("peak", "int8 \(giga(peak.int8)), bf16 \(giga(peak.bfloat16)), float32 \(giga(peak.float32))"),
            ("prefill 512", speed(prefill["512"] ?? nil)), ("prefill 1024", speed(prefill["1024"] ?? nil)),
            ("prefill 4096", speed(prefill["4096"] ?? nil)),
            ("decode", "\(speed(decode)), behind 600 tokens \(speed(decodeBehind600))"),
            ("8 at once", "\(speed(decodeTogether)), behind 600 tokens each \(speed(decodeTogetherBehind600))"),
            ("retrieval", "\(speed(retrieval.documentTokensPerSecond)) in windows of \(retrieval.window) tokens"),
            ("question", "each further one \(percent(retrieval.furtherQuestion)) of the first"),
            (
                "share of peak",
                "\(percent(shareOfPeak)) of \(arithmetic), \(percent(shareOfRoof)) of the roof with attention"
            ),
            (
                "bandwidth",
                "\(giga(readBandwidth).dropLast(3))GB/s, of which decoding uses \(percent(shareOfBandwidth)) for weights"
            ),
            (
                "load",
                "\(Quantity.fixed(seconds.load, digits: 2)) s, first use \(Quantity.fixed(seconds.repack, digits: 2)) s"
            ),
            ("memory", "\(Quantity.bytes(peakResidentBytes)) at most"),
        ]
        if let concurrency {
            rows.append(("8 asks", "\(percent(concurrency.eightAsks)) of the time that they take one after another"))
            rows.append(
                (
                    "side by side",
                    "decoding at \(percent(concurrency.decodingBesideReading)) of its speed, reading in "
                        + "\(percent(concurrency.readingBesideDecoding)) of its time"
                ))
        }
        return rows.map { SummaryTable.padded($0.0, to: 14) + $0.1 + "\n" }.joined()
    }
}
