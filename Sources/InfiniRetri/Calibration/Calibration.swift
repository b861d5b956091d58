import Documents
import Transformer

/// What a calibration found.
public struct Calibration: Sendable, Hashable, Codable {
    /// An attention head and what it is worth alone.
    public struct Head: Sendable, Hashable, Codable {
        /// Layer, counted from 0.
        public var layer: Int
        /// Head of the layer, counted from 0.
        public var head: Int
        /// Score of the passage that answers minus the mean of its three best competitors, over the standard deviation of all
        /// competitors; mean over questions.
        public var contrast: Double
        /// How safely the passage that answers is among the few best, by this head alone: 0 to 1.
        public var quality: Double
        /// Whether it belongs to the profile.
        public var isChosen: Bool
    }

    /// A setting of the profile, and what was tried for it.
    public struct Setting: Sendable, Hashable, Codable {
        /// What one value is worth.
        public struct Value: Sendable, Hashable, Codable {
            /// The value, as in a profile file.
            public var value: String
            /// Tokens of the best evidence down to the answer: geometric mean over the texts that values are chosen with.
            public var tokens: Double
        }

        /// The setting's name in profile files.
        public var name: String
        /// The value that the profile has now.
        public var chosen: String
        /// All values tried; the first is what the profile had before.
        public var values: [Value]
        /// The value with the fewest tokens.
        public var best: String
        /// Mean of `ln(a / b)` on further texts, `a` the tokens with the first value and `b` with the best one.
        public var saving: Double
        /// How far ``saving`` may lie off by chance.
        public var standardError: Double
    }

    /// The profile for the model.
    public var profile: RetrievalProfile
    /// The best heads and all chosen ones, best first.
    public var heads: [Head]
    /// Whether any head finds answers at all: see ``CalibrationPlan/leastQuality``.
    public var findsAnswers: Bool
    /// What was tried for the profile's other settings; empty where nothing was.
    public var settings: [Setting]
    /// The profile and what it is compared with, on questions that nothing was chosen with.
    public var checks: [ProfileCheck]
    /// Questions that the heads were chosen with.
    public var questions: Int
    /// Layers that were looked at, from the first.
    public var layers: Int
    /// The seed of the questions.
    public var seed: UInt64
    /// Seconds that all took.
    public var seconds: Double
}

/// What happens while a model is calibrated.
public enum CalibrationEvent: Sendable {
    /// A step is done.
    case progress(CalibrationProgress)
    /// All is done.
    case finished(Calibration)
}

/// How far a calibration has come.
public struct CalibrationProgress: Sendable, Hashable {
    /// Texts read, of `total`; a text counts once for each window size and each profile that it is read with.
    public var finished: Int
    /// Texts to read in all.
    public var total: Int
    /// Seconds since the start.
    public var seconds: Double

    /// Seconds until the end, as far as can be told.
    public var secondsLeft: Double? {
        finished > 0 ? seconds / Double(finished) * Double(total - finished) : nil
    }
}
