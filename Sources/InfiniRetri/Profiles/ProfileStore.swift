import Foundation
import Transformer

/// The profiles that calibrations on this machine found, each for one model file, which its fingerprint names.
///
/// `infiniretri calibrate` keeps its profiles here, so a program that asks here reads a model as `--profile auto` does. A
/// ``Retriever`` by itself touches no file: it takes the shipped profile, or that for unmeasured models.
///
/// ```swift
/// let model = try TransformerModel.load(path: path)
/// let store = ProfileStore()
/// var profile = try store.profile(for: model)
/// if profile == nil {
///     // Some minutes, once for each model file.
///     for try await case .finished(let calibration) in Calibrator(model: model).run() {
///         try store.store(calibration.profile, for: model.fingerprint)
///         profile = calibration.profile
///     }
/// }
/// let retriever = try Retriever(model: model, profile: profile)
/// ```
public struct ProfileStore: Sendable {
    /// Holds a file for each model: `CHECKSUM-BYTES.json`.
    public var folder: URL

    /// Profiles in a folder, which need not exist before the first is stored.
    public init(folder: URL = ProfileStore.defaultFolder) { self.folder = folder }

    /// `profiles` in `$INFINIRETRI_CACHE`, else in `$XDG_CACHE_HOME/infiniretri`, else in `~/.cache/infiniretri`.
    public static var defaultFolder: URL {
        CacheFolder.url.appending(path: "profiles", directoryHint: .isDirectory)
    }

    /// The profile that is stored for a model, else the shipped one for models of its shape, else nil: such a model wants
    /// calibrating.
    ///
    /// Nothing is stored for a model that is not read from a file. A model's file is read for its fingerprint, but not where
    /// the folder holds no profile at all.
    /// - Throws: ``ProfileFileError``; what the model throws where its fingerprint cannot be had.
    public func profile(for model: any LanguageModel) throws -> RetrievalProfile? {
        if let model = model as? any IndexableModel, try !isEmpty(),
            let stored = try profile(for: model.fingerprint)
        {
            return stored
        }
        return .shipped(for: model.shape)
    }

    /// The profile that is stored for a model file; nil where there is none.
    public func profile(for fingerprint: ModelFingerprint) throws(ProfileFileError) -> RetrievalProfile? {
        let name = Self.fileName(for: fingerprint)
        guard try fileNames().contains(name) else { return nil }
        return try RetrievalProfile(contentsOf: folder.appending(path: name))
    }

    /// Keeps the profile of a model file, in place of an earlier one.
    /// - Returns: Where it is kept.
    @discardableResult
    public func store(
        _ profile: RetrievalProfile, for fingerprint: ModelFingerprint
    ) throws(ProfileFileError) -> URL {
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        } catch {
            throw .unwritable(path: folder.path, reason: FileFailure.reason(error))
        }
        let file = folder.appending(path: Self.fileName(for: fingerprint))
        try profile.write(to: file)
        return file
    }

    private static func fileName(for fingerprint: ModelFingerprint) -> String {
        "\(fingerprint)-\(fingerprint.bytes).json"
    }

    private func isEmpty() throws(ProfileFileError) -> Bool { try !fileNames().contains { $0.hasSuffix(".json") } }

    /// A folder that is missing holds nothing; one that cannot be read might hold the profile that is wanted.
    private func fileNames() throws(ProfileFileError) -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder.path)
        } catch CocoaError.fileReadNoSuchFile, CocoaError.fileNoSuchFile {
            return []
        } catch {
            throw .unreadable(path: folder.path, reason: FileFailure.reason(error))
        }
    }
}
