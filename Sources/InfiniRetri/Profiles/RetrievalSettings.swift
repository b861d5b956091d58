import Transformer

/// A profile and a plan that fit a model and each other.
package struct RetrievalSettings {
    package let profile: RetrievalProfile
    package let plan: RetrievalPlan

    /// - Parameters:
    ///   - profile: Nil takes the shipped one for the model's shape.
    ///   - plan: Gets the profile's window where it names none.
    /// - Throws: ``RetrievalError`` where the profile does not fit the model, or a number makes no sense.
    package init(
        _ profile: RetrievalProfile?, _ plan: RetrievalPlan, for model: any LanguageModel
    ) throws(RetrievalError) {
        let profile = profile ?? .automatic(for: model.shape)
        var plan = plan
        plan.window = plan.window ?? profile.window
        try profile.validate()
        _ = try profile.resolvedHeads(in: model.shape)
        try plan.validate()
        self.profile = profile
        self.plan = plan
    }
}
