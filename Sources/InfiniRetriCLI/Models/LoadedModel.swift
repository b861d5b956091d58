import Transformer

/// A model with what reports say about it.
struct LoadedModel {
    var model: TransformerModel
    /// The file's name without its extension: it tells quantisations apart, which the name inside the file does not.
    var name: String
    /// Seconds that loading took.
    var seconds: Double

    /// What users should know: where something had to be guessed, or stands in for what the file lacks.
    /// - Parameter inConversation: Whether the model is put to in its chat template.
    func warnings(inConversation: Bool) -> [String] {
        guard inConversation else { return model.tokenizer.warnings }
        let template = model.tokenizer.chatTemplateText ?? ""
        // Models that were never taught to converse often end at once where they are asked something.
        let missing = "the model file has no chat template; it is asked in plain text, without roles"
        return model.tokenizer.warnings + [template.isEmpty ? missing : model.chatTemplate.warning].compactMap(\.self)
    }
}
