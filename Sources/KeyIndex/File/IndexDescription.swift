import Documents
import Foundation
import Passages
import Tokenization
import Transformer

/// What the keys of an index were made with: the first record of its file, as JSON.
struct IndexDescription: Sendable, Hashable, Codable {
    /// The format that this library writes.
    static let currentVersion = 4

    var version = currentVersion
    /// The model's name, for messages.
    var model: String
    var fingerprint: ModelFingerprint
    /// The name of the retrieval profile that the index was built with, and the profile itself as JSON.
    var profileName: String
    var profile: String
    /// What is ranked as a whole, and how text is cut.
    var unit: PassageUnit
    var segmentation: Segmentation
    /// Document tokens of a window at most.
    var window: Int
    /// The tokens before every window.
    var prefix: [TokenID]
    var keySources: [KeyLayout.Source]
    var headDimension: Int
    var keyFormat: KeyFormat

    var layout: KeyLayout { KeyLayout(sources: keySources, dimension: headDimension, format: keyFormat) }

    /// What a build with this model stores.
    init(model: any IndexableModel, recipe: IndexRecipe) throws {
        let layout = KeyLayout(heads: recipe.heads, shape: model.shape, format: recipe.keyFormat)
        self.model = model.name
        fingerprint = try model.fingerprint
        profileName = recipe.profileName
        profile = recipe.profile
        unit = recipe.unit
        segmentation = recipe.segmentation
        window = recipe.window
        prefix = recipe.prefix
        keySources = layout.sources
        headDimension = layout.dimension
        keyFormat = recipe.keyFormat
    }

    /// The metadata of the description record.
    func encoded() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return Array(try encoder.encode(self))
    }

    /// Reads the metadata of a description record, of which the padding is zeros.
    static func decoded(_ bytes: UnsafeRawBufferPointer, path: String) throws -> IndexDescription {
        struct Version: Decodable { var version: Int }
        let end = bytes.lastIndex { $0 != 0 }.map { $0 + 1 } ?? 0
        let data = Data(bytes[..<end])
        do {
            let version = try JSONDecoder().decode(Version.self, from: data).version
            guard version == currentVersion else {
                throw IndexError.unsupportedVersion(path: path, version: version)
            }
            let description = try JSONDecoder().decode(IndexDescription.self, from: data)
            try description.check(path: path)
            return description
        } catch let error as IndexError {
            throw error
        } catch {
            throw IndexError.damaged(path: path, offset: 0, reason: "the description cannot be read: \(error)")
        }
    }

    private func check(path: String) throws {
        let isPlausible =
            (4...1_024).contains(headDimension) && headDimension.isMultiple(of: 4)
            && (1...4_096).contains(keySources.count)
            && (64...(1 << 24)).contains(window) && prefix.count < 1 << 16
        guard isPlausible else {
            throw IndexError.damaged(path: path, offset: 0, reason: "the description holds an impossible number")
        }
    }

    /// Checks that an index with this description can be built on with another one.
    /// - Throws: ``IndexError/doesNotMatch(path:reason:)``.
    func checkContinues(_ other: IndexDescription, path: String) throws(IndexError) {
        try checkServes(other, path: path)
        guard keyFormat == other.keyFormat else {
            throw .doesNotMatch(
                path: path,
                reason: "the index holds keys in \(keyFormat.rawValue), not in \(other.keyFormat.rawValue); "
                    + "ask for the same, or remove the file first")
        }
    }

    /// Checks that questions of this model and profile can be put to the stored keys.
    /// - Throws: ``IndexError/doesNotMatch(path:reason:)``.
    func checkServes(_ other: IndexDescription, path: String) throws(IndexError) {
        func refuse(_ reason: String) -> IndexError { .doesNotMatch(path: path, reason: reason) }
        guard fingerprint == other.fingerprint else {
            throw refuse(
                "the index was built with the model \(model) (\(fingerprint)), not with \(other.model) "
                    + "(\(other.fingerprint)); give that model with --model, or build the index again")
        }
        let missing = Set(other.keySources).subtracting(keySources)
        guard missing.isEmpty, headDimension == other.headDimension else {
            throw refuse(
                "the index holds the keys for the profile \(profileName), but the profile \(other.profileName) reads "
                    + "other heads; give the profile that it was built with, or build the index again")
        }
        guard unit == other.unit, window == other.window else {
            throw refuse(
                "the index was built with the unit \(unit.rawValue) and windows of \(window) tokens, not "
                    + "\(other.unit.rawValue) and \(other.window); give the same, or build the index again")
        }
        guard segmentation == other.segmentation else {
            throw refuse("the index was built with text cut otherwise; give the same plan, or build the index again")
        }
        guard prefix == other.prefix else {
            throw refuse("the index was built with another instruction before its windows; build the index again")
        }
    }
}
