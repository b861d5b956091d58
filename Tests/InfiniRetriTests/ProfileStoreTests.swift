import Foundation
import InfiniRetri
import TestSupport
import Testing
import Transformer

@Suite("Stored profiles")
struct ProfileStoreTests {
    private let folder: TemporaryFolder
    private let store: ProfileStore
    private let profile: RetrievalProfile

    init() throws {
        folder = try TemporaryFolder()
        store = ProfileStore(folder: folder.url.appending(path: "profiles"))
        var profile = RetrievalProfile.unmeasured
        profile.name = "calibrated"
        self.profile = profile
    }

    @Test func aProfileIsFoundByItsModelsFingerprint() throws {
        let model = try TransformerModel.load(RandomModel())
        let other = try TransformerModel.load(RandomModel { $0.seed = 2 })
        #expect(try store.profile(for: model) == nil)
        let file = try store.store(.paper, for: model.fingerprint)
        #expect(file.lastPathComponent == "\(try model.fingerprint)-\(try model.fingerprint.bytes).json")
        try store.store(profile, for: model.fingerprint)
        #expect(try store.profile(for: model) == profile)
        #expect(try store.profile(for: model.fingerprint) == profile)
        #expect(try store.profile(for: other) == nil)
    }

    @Test func whatIsStoredGoesBeforeWhatIsShipped() throws {
        // The shape of a model with a shipped profile.
        let model = try TransformerModel.load(
            RandomModel {
                ($0.layers, $0.heads, $0.keyValueHeads, $0.embedding, $0.feedForward) = (30, 9, 3, 576, 32)
            })
        #expect(try store.profile(for: model)?.name == "smollm2-135m")
        try store.store(profile, for: ModelFingerprint(bytes: 1, checksum: 2))
        #expect(try store.profile(for: model)?.name == "smollm2-135m")
        try store.store(profile, for: model.fingerprint)
        #expect(try store.profile(for: model)?.name == "calibrated")
    }

    @Test func modelsWithoutAFileHaveNoStoredProfile() throws {
        try store.store(profile, for: ModelFingerprint(bytes: 1, checksum: 2))
        #expect(try store.profile(for: ScriptedModel([1], prompt: 1)) == nil)
    }

    @Test func aFileOfSomethingElseIsAnError() throws {
        let fingerprint = ModelFingerprint(bytes: 1, checksum: 2)
        let file = try store.store(profile, for: fingerprint)
        #expect(file.lastPathComponent == "00000002-1.json")
        for (text, reason) in [("no JSON", "not a JSON object"), (#"{"name": "x"}"#, "the field \"heads\" is missing")]
        {
            try Data(text.utf8).write(to: file)
            #expect(throws: ProfileFileError.notAProfile(path: file.path, reason: reason)) {
                try store.profile(for: fingerprint)
            }
        }
        try FileManager.default.removeItem(at: file)
        try FileManager.default.createDirectory(at: file, withIntermediateDirectories: false)
        #expect(throws: ProfileFileError.unreadable(path: file.path, reason: "Is a directory")) {
            try store.profile(for: fingerprint)
        }
    }

    @Test func aFolderThatIsNoneIsAnError() throws {
        let path = try folder.write("", to: "profiles")
        let model = try TransformerModel.load(RandomModel())
        #expect(throws: ProfileFileError.unreadable(path: path, reason: "Not a directory")) {
            try store.profile(for: model)
        }
        #expect(throws: ProfileFileError.self) { try store.store(profile, for: model.fingerprint) }
    }
}
