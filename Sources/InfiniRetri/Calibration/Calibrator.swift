import Transformer

/// Finds the retrieval profile of a model: which few of its attention heads point at the passage that answers.
///
/// The model reads texts that the project writes itself, with questions whose answers' places are known
/// (``ProbeGenerator``), and every head of the lower four fifths of the layers is scored by whether it singles these places
/// out; a small set of heads is chosen (``HeadSelection``), and checked on further texts. No evaluation data is touched.
public struct Calibrator: Sendable {
    /// Share of a model's layers that is looked at. In the models measured the best heads lie in the middle; what lies
    /// above would make every later retrieval pass dearer.
    private static let depth = 0.8
    /// Tokens read at once: windows smaller than those of retrieval, so that texts are cheap and still have several.
    private static let window = 1_000
    /// Evidence tokens in checks: a tenth of a text.
    private static let checkBudget = 280

    private let model: any LanguageModel
    private let options: CalibrationOptions

    /// A calibrator for `model`.
    public init(model: any LanguageModel, options: CalibrationOptions = CalibrationOptions()) {
        self.model = model
        self.options = options
    }

    /// Runs the calibration.
    /// - Returns: Progress, and last the result. Throws ``DocumentError`` where a text cannot be read, or what the model
    ///   throws. Ending the iteration, or cancelling its task, stops the work.
    public func run() -> AsyncThrowingStream<CalibrationEvent, any Error> {
        AsyncThrowingStream(running: { report in
            report(.finished(try await calibrate { report(.progress($0)) }))
        })
    }

    private func calibrate(report: (CalibrationProgress) -> Void) async throws -> Calibration {
        let start = ContinuousClock.now
        let total = options.documents + options.checkDocuments * (options.rivals.count + 1)
        var finished = 0
        func advance(by count: Int) {
            finished += count
            report(
                CalibrationProgress(
                    finished: finished, total: total, seconds: (ContinuousClock.now - start).inSeconds))
        }
        advance(by: 0)
        var source = try ProbeSource(options: options, tokenizer: model.tokenizer)
        var settings = RetrievalProfile.unmeasured
        settings.window = min(Self.window, model.shape.contextLength / 2)
        let layers = max(1, Int((Self.depth * Double(model.shape.layers)).rounded(.up)))
        let reader = ProbeReader(model: model, profile: settings, layers: layers)
        var scores: HeadScores?
        for _ in 0..<options.documents {
            let read = try reader.read(source.next())
            scores = HeadScores(heads: read.heads, probes: (scores?.probes ?? []) + read.probes)
            advance(by: 1)
        }
        guard let scores, !scores.probes.isEmpty else {
            throw RetrievalError.invalidOption(name: "calibration", reason: "there is not a single probe to read")
        }
        let selection = HeadSelection(scores)
        var profile = RetrievalProfile.unmeasured
        profile.name = "calibrated"
        profile.window = min(profile.window, model.shape.contextLength / 2)
        profile.heads = .chosen(selection.chosen)

        let documents = (0..<options.checkDocuments).map { _ in source.next() }
        var checks: [ProfileCheck] = []
        for candidate in [profile] + options.rivals where !documents.isEmpty {
            checks.append(
                try await ProfileCheck.run(candidate, model: model, documents: documents, budget: Self.checkBudget))
            advance(by: documents.count)
        }
        let chosen = Set(selection.chosen)
        let heads = selection.ratings.enumerated().filter { $0.offset < 16 || chosen.contains($0.element.head) }
        return Calibration(
            profile: profile,
            heads: heads.map { _, rating in
                Calibration.Head(
                    layer: rating.head.layer, head: rating.head.head, contrast: rating.contrast,
                    quality: rating.quality, isChosen: chosen.contains(rating.head))
            },
            checks: checks, probes: scores.probes.count, layers: layers, seed: options.seed,
            seconds: (ContinuousClock.now - start).inSeconds)
    }
}
