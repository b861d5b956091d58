import Foundation
import InfiniRetri
import TestSupport
import Testing
import Transformer

/// The whole calibration on a tiny random model: what it finds means nothing, how it behaves does.
@Suite struct CalibratorTests {
    private let model: TransformerModel
    private let file: TemporaryFile

    init() throws {
        file = try RandomModel { $0.layers = 5 }.temporaryFile()
        model = try TransformerModel.load(path: file.path)
    }

    private func options(texts: [Document] = []) -> CalibrationOptions {
        CalibrationOptions(seed: 3, texts: texts, documents: 2, settingDocuments: 3, checkDocuments: 1)
    }

    private func calibrate(_ options: CalibrationOptions) async throws -> (Calibration, [CalibrationProgress]) {
        var progress: [CalibrationProgress] = []
        var result: Calibration?
        for try await event in Calibrator(model: model, options: options).run() {
            switch event {
            case .progress(let state): progress.append(state)
            case .finished(let found): result = found
            }
        }
        return (try #require(result), progress)
    }

    @Test func aProfileComesOutAndIsChecked() async throws {
        let (result, progress) = try await calibrate(options())
        // Four fifths of five layers.
        #expect(result.layers == 4)
        #expect(result.questions == 24)
        let heads = try result.profile.resolvedHeads(in: model.shape)
        #expect((1...8).contains(heads.count))
        #expect(heads.allSatisfy { $0.layer < 4 })
        #expect(
            result.heads.filter(\.isChosen).map { AttentionHead(layer: $0.layer, head: $0.head) }.sorted() == heads)
        #expect(result.checks.map(\.profile) == ["calibrated", "paper"])
        #expect(result.checks.allSatisfy { $0.questions == 12 && (0...1).contains($0.answerRecall) })
        // Two texts for the heads, three for the settings in every window size and once more for what tells an answer, and one for
        // each of two checks.
        let windows = try #require(result.settings.last)
        #expect(windows.name == "window")
        let total = 2 + 3 * (windows.values.count + 1) + 2
        #expect(progress.map(\.finished) == Array(0...total))
        #expect(progress.allSatisfy { $0.total == total })
        #expect(result.settings.map(\.name) == ["unit", "selection", "queryWeights", "phraseWidth", "window"])
        for setting in result.settings {
            #expect(setting.values.count > 1)
            #expect(Set(setting.values.map(\.value)).count == setting.values.count)
            #expect([setting.best, setting.values[0].value].contains(setting.chosen))
            #expect(setting.values.allSatisfy { $0.tokens >= 1 })
        }
        #expect(result.profile.window <= model.shape.contextLength / 2)
        _ = try Retriever(model: model, profile: result.profile)
    }

    @Test func theSameSeedFindsTheSame() async throws {
        let (one, _) = try await calibrate(options())
        let (other, _) = try await calibrate(options())
        #expect(one.profile == other.profile)
        #expect(one.heads == other.heads)
        #expect(one.settings == other.settings)
        #expect(one.checks == other.checks)
    }

    @Test func factsArePlantedIntoTheUsersText() async throws {
        let text = (1...80).map { "Rule \($0) says nothing of importance. It is repeated as rule \($0 + 1)." }
            .joined(separator: "\n\n")
        let (result, _) = try await calibrate(options(texts: [.text(text, name: "rules")]))
        #expect(result.questions > 12)
        #expect(result.questions <= 24)
        await #expect(throws: DocumentError.empty) {
            try await calibrate(options(texts: [.text(" \n", name: "blank")]))
        }
        await #expect(throws: DocumentError.notFound(name: "/no/such")) {
            try await calibrate(options(texts: [.file(path: "/no/such")]))
        }
    }

    @Test func cancellingStopsIt() async throws {
        let options = CalibrationOptions(documents: 40, settingDocuments: 1, checkDocuments: 0)
        let passes = await CountedModel.passes(on: model, cancellingIn: 5) { model in
            for try await _ in Calibrator(model: model, options: options).run() {}
        }
        // Every text has a pass for each of about twelve questions.
        #expect((5..<240).contains(passes))
    }
}
