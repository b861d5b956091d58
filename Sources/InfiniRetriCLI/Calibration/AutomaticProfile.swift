import InfiniRetri

/// What `--profile auto` means: the profile that a calibration stored for the very model file, else the shipped one for
/// models of its shape, else that of a calibration which is run now and stored.
struct AutomaticProfile {
    var isQuiet: Bool
    var store = ProfileStore()

    func profile(for loaded: LoadedModel) async throws -> RetrievalProfile {
        if let known = try store.profile(for: loaded.model) { return known }
        if !isQuiet {
            Console.write(
                "\(loaded.name): calibrating this model once, to find the attention heads that point at answers "
                    + "(some minutes; --profile paper goes without)")
        }
        let result = try await CalibrationRun(isQuiet: isQuiet).calibrate(
            loaded, options: CalibrationOptions(checkDocuments: 0, baselines: []))
        if !isQuiet, !result.findsAnswers { Console.write("\(loaded.name): \(CalibrationTable.noHead)") }
        do {
            try store.store(result.profile, for: loaded.model.fingerprint)
        } catch {
            // What was found serves this run all the same.
            Console.write("the profile could not be kept for the next time: \(FailureMessage.text(of: error))")
        }
        return result.profile
    }
}
