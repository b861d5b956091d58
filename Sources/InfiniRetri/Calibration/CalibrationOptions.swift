import Documents

/// How a model is calibrated.
public struct CalibrationOptions: Sendable {
    /// The same seed gives the same questions.
    public var seed: UInt64
    /// Texts of the kind that questions will be asked of: facts are planted into them. None is needed.
    public var texts: [Document]
    /// Texts that heads are chosen with.
    public var documents: Int
    /// Further texts that all other settings are chosen with.
    public var settingDocuments: Int
    /// Further texts that the choice is checked with.
    public var checkDocuments: Int
    /// What the result is compared with.
    public var baselines: [CalibrationBaseline]
    /// The numbers that decide.
    public var plan = CalibrationPlan()

    /// Options with the defaults of the command line.
    public init(
        seed: UInt64 = 1, texts: [Document] = [], documents: Int = 24, settingDocuments: Int = 8,
        checkDocuments: Int = 3, baselines: [CalibrationBaseline] = [.paper]
    ) {
        self.seed = seed
        self.texts = texts
        self.documents = documents
        self.settingDocuments = settingDocuments
        self.checkDocuments = checkDocuments
        self.baselines = baselines
    }
}

/// A profile with the plan that it is used with.
public struct CalibrationBaseline: Sendable {
    /// How attention is read.
    public var profile: RetrievalProfile
    /// How documents are searched.
    public var plan: RetrievalPlan

    /// A baseline from its parts.
    public init(profile: RetrievalProfile, plan: RetrievalPlan) {
        self.profile = profile
        self.plan = plan
    }

    /// The paper's heads and rules, every window alone so that one pass serves all questions.
    public static let paper: CalibrationBaseline = {
        var plan = RetrievalPlan.paper
        plan.order = .tree
        return CalibrationBaseline(profile: .paper, plan: plan)
    }()
}
