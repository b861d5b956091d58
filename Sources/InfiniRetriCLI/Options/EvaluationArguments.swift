import ArgumentParser
import Evaluation
import InfiniRetri

/// What all evaluation tasks share.
struct EvaluationArguments: ParsableArguments {
    @Flag(name: .long, help: "Generate answers too, and judge them; without it, only the evidence is judged.")
    var answer = false

    @Option(
        name: .long,
        help: ArgumentHelp("Keep rows, summary and report.html here, and continue from them.", valueName: "folder"))
    var out: String?

    @OptionGroup(title: "Model") var model: ModelOptions
    @OptionGroup(title: "Retrieval") var retrieval: RetrievalArguments
    @OptionGroup(title: "Answer") var generation: GenerationArguments
    @OptionGroup(title: "Output") var output: OutputOptions

    /// Whether systems answer, or only keep evidence.
    var isAnswering: Bool { answer || generation.short }

    /// What results depend on beside task and system.
    func circumstances(of loaded: LoadedModel) -> [String: String] {
        ["model": loaded.name, "arithmetic": loaded.model.options.arithmetic.rawValue]
    }

    /// A system that answers from the evidence of another, where answers are asked for.
    /// - Parameter profile: Says how the model is asked.
    func answering(
        _ system: any EvidenceSystem, on loaded: LoadedModel, profile: RetrievalProfile
    ) -> any EvidenceSystem {
        guard isAnswering else { return system }
        if generation.short { return ShortAnsweringSystem(system, model: loaded.model, template: profile.prompt) }
        return AnsweringSystem(
            system, model: loaded.model, profile: profile, sampling: generation.sampling,
            answerTokens: generation.maxTokens)
    }
}
