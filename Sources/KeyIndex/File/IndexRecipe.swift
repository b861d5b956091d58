import Documents
import Passages
import Tokenization
import Transformer

/// What an index is made for: everything that its windows and keys depend on besides the model.
package struct IndexRecipe: Sendable, Hashable {
    /// The attention heads whose keys are stored.
    package var heads: [AttentionHead]
    /// What is ranked as a whole.
    package var unit: PassageUnit
    /// How text is cut.
    package var segmentation: Segmentation
    /// Document tokens of a window at most.
    package var window: Int
    /// The tokens before every window.
    package var prefix: [TokenID]
    /// How keys are stored in an index that does not exist yet.
    package var keyFormat: KeyFormat
    /// The name of the retrieval profile, for messages.
    package var profileName: String
    /// The retrieval profile as JSON: kept for those who ask the index, not read here.
    package var profile: String

    package init(
        heads: [AttentionHead], unit: PassageUnit, segmentation: Segmentation, window: Int, prefix: [TokenID],
        keyFormat: KeyFormat, profileName: String, profile: String
    ) {
        self.heads = heads
        self.unit = unit
        self.segmentation = segmentation
        self.window = window
        self.prefix = prefix
        self.keyFormat = keyFormat
        self.profileName = profileName
        self.profile = profile
    }
}
