/// Every number that decides in a calibration, with its unit and reason.
public struct CalibrationPlan: Sendable, Hashable, Codable {
    /// Share of a model's layers that is looked at, from the first. In the models measured the best heads lie in the middle; what
    /// lies above would make every later retrieval pass dearer.
    public var layerShare = 0.8
    /// Tokens read at once where heads are chosen: windows smaller than those of retrieval, so that texts are cheap and still have
    /// several.
    public var window = 1_000
    /// Evidence tokens in checks: a tenth of a text.
    public var checkBudget = 280

    /// Heads chosen at most.
    public var mostHeads = 8
    /// How much worse alone than the best head a chosen one may be, in quality.
    public var headBand = 0.2
    /// A difference of quality that is not worth a layer.
    public var headTrifle = 0.005
    /// So many passages may beat the one that answers, less one: the other paragraph about the same thing may.
    public var competitorsKept = 2
    /// Attention that is this many times (in logarithms) a competitor's counts as clearly more.
    public var softness = 0.5
    /// Quality of the best head below which a model does not find answers. The best head of the lowest two layers, which cannot,
    /// has 0.23 to 0.28 in the models measured; the best heads of these models have more than 0.6.
    public var leastQuality = 0.35

    /// A saving of evidence below this many standard errors may be chance.
    public var certainty = 2.0
    /// A share of the evidence that is not worth leaving what was measured on more than synthetic questions.
    public var settingTrifle = 0.05

    /// The values in use by default.
    public init() {}
}
