import Documents
import Transformer

/// Finds the retrieval profile of a model: which few of its attention heads point at the passage that answers, and what is
/// to be made of their attention.
///
/// The model reads texts that the project writes itself, with questions whose answers' places are known
/// (``SyntheticDocumentGenerator``), and every head of the lower four fifths of the layers is scored by whether it singles these places
/// out; a small set of heads is chosen (``HeadSelection``), then, with further texts, the profile's other settings
/// (``SettingChoice``); the result is checked on texts that nothing was chosen with. No evaluation data is touched.
public struct Calibrator: Sendable {
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
        var profile = RetrievalProfile.unmeasured
        profile.name = "calibrated"
        // Questions tell how a model reads, not how it is best asked for an answer.
        profile.prompt = RetrievalProfile.automatic(for: model.shape).prompt
        profile.window = min(profile.window, model.shape.contextLength / 2)
        let total =
            options.documents + options.settingDocuments * SettingCalibrator.readings(for: model, from: profile)
            + options.settingDocuments + options.checkDocuments * (options.baselines.count + 1)
        var finished = 0
        func advance(by count: Int) {
            finished += count
            report(
                CalibrationProgress(
                    finished: finished, total: total, seconds: (ContinuousClock.now - start) / .seconds(1)))
        }
        advance(by: 0)
        var source = try SyntheticDocumentSource(
            SyntheticDocumentGenerator(seed: options.seed), count: options.documents + options.checkDocuments,
            texts: options.texts, seed: options.seed, tokenizer: model.tokenizer)
        let scores = try headScores(&source) { advance(by: 1) }
        let checked = (0..<options.checkDocuments).map { _ in source.next() }
        let selection = HeadSelection(scores, by: options.plan)
        profile.heads = .chosen(selection.chosen)

        let further = try settingDocuments()
        let settings = try SettingCalibrator(model: model, documents: further, plan: options.plan)
            .calibrate(&profile) { advance(by: 1) }
        profile.answerability = try AnswerabilityCalibrator(model: model, profile: profile, documents: further)
            .calibrate { advance(by: 1) }
        var checks: [ProfileCheck] = []
        for candidate in [CalibrationBaseline(profile: profile, plan: .standard)] + options.baselines
        where !checked.isEmpty {
            checks.append(
                try await ProfileCheck.run(
                    candidate, model: model, documents: checked, budget: options.plan.checkBudget))
            advance(by: checked.count)
        }
        return Calibration(
            profile: profile, heads: Self.heads(of: selection),
            findsAnswers: (selection.ratings.first?.quality ?? 0) >= options.plan.leastQuality, settings: settings,
            checks: checks,
            questions: scores.questions.count, layers: layers, seed: options.seed,
            seconds: (ContinuousClock.now - start) / .seconds(1))
    }

    /// Number of layers that are looked at.
    private var layers: Int { max(1, Int((options.plan.layerShare * Double(model.shape.layers)).rounded(.up))) }

    /// What every head says about every passage of the texts that heads are chosen with.
    /// - Parameter advance: Called after each text.
    private func headScores(_ source: inout SyntheticDocumentSource, advance: () -> Void) throws -> HeadScores {
        var settings = RetrievalProfile.unmeasured
        settings.window = min(options.plan.window, model.shape.contextLength / 2)
        let reader = SyntheticDocumentReader(model: model, profile: settings, layers: layers)
        var scores: HeadScores?
        for _ in 0..<options.documents {
            let read = try reader.read(source.next())
            scores = HeadScores(heads: read.heads, questions: (scores?.questions ?? []) + read.questions)
            advance()
        }
        guard let scores, !scores.questions.isEmpty else {
            throw RetrievalError.invalidOption(name: "calibration", reason: "there is not a single question to read")
        }
        return scores
    }

    /// The texts that settings are chosen with, longer than those for the heads: they must fill several of the largest windows.
    private func settingDocuments() throws -> [SyntheticDocument] {
        // Another seed than the user's next.
        let seed = ~options.seed
        var source = try SyntheticDocumentSource(
            SyntheticDocumentGenerator(seed: seed, things: 36, questions: 16), count: options.settingDocuments,
            texts: options.texts, seed: seed, tokenizer: model.tokenizer)
        return (0..<options.settingDocuments).map { _ in source.next() }
    }

    /// The best heads and all chosen ones.
    private static func heads(of selection: HeadSelection) -> [Calibration.Head] {
        let chosen = Set(selection.chosen)
        return selection.ratings.enumerated().filter { $0.offset < 16 || chosen.contains($0.element.head) }.map {
            Calibration.Head(
                layer: $1.head.layer, head: $1.head.head, contrast: $1.contrast, quality: $1.quality,
                isChosen: chosen.contains($1.head))
        }
    }
}
