import Foundation
import Tokenization
import Transformer

/// What the keys of an index were made with: the first record of its file, as JSON.
struct IndexDescription: Sendable, Hashable, Codable {
    /// The format that this library writes.
    static let currentVersion = 2

    var version = currentVersion
    /// The model's name, for messages.
    var model: String
    var fingerprint: ModelFingerprint
    /// The profile that the index was built with.
    var profile: RetrievalProfile
    /// Document tokens of a window at most.
    var window: Int
    /// The tokens before every window.
    var prefix: [TokenID]
    var keySources: [KeyLayout.Source]
    var headDimension: Int
    var keyFormat: KeyFormat

    var layout: KeyLayout { KeyLayout(sources: keySources, dimension: headDimension, format: keyFormat) }

    /// What a build with this model and profile stores.
    init(model: any IndexableModel, profile: RetrievalProfile, window: Int, keyFormat: KeyFormat) throws {
        let layout = KeyLayout(
            heads: try profile.resolvedHeads(in: model.shape), shape: model.shape, format: keyFormat)
        self.model = model.name
        fingerprint = try model.fingerprint
        self.profile = profile
        self.window = window
        prefix = QuestionPrompt(question: "?", profile: profile, model: model).prefix
        keySources = layout.sources
        headDimension = layout.dimension
        self.keyFormat = keyFormat
    }

    /// The part of the description record.
    func encoded() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return Array(try encoder.encode(self))
    }

    /// Reads the part of a description record, of which the padding is zeros.
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
                "the index holds the keys for the profile \(profile.name), but the profile \(other.profile.name) reads "
                    + "other heads; give the profile that it was built with, or build the index again")
        }
        guard profile.unit == other.profile.unit, window == other.window else {
            throw refuse(
                "the index was built with the unit \(profile.unit.rawValue) and windows of \(window) tokens, not "
                    + "\(other.profile.unit.rawValue) and \(other.window); give the same, or build the index again")
        }
        guard prefix == other.prefix else {
            throw refuse("the index was built with another instruction before its windows; build the index again")
        }
    }
}
