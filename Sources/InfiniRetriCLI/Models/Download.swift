import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Fetches a URL into `FILE.part` and goes on where an earlier attempt stopped.
///
/// Foundation's client is used rather than a `curl` process: it is there wherever this program is.
struct Download {
    /// How far a download has come.
    struct Progress: Sendable {
        var bytes: Int
        /// Nil where the server does not say.
        var totalBytes: Int?
    }

    var url: URL
    /// Where the bytes are collected; `partFile` + ".version" remembers which version of the file they belong to.
    var partFile: URL
    var attempts = 5
    /// Called on another thread.
    var progress: @Sendable (Progress) -> Void

    /// Fetches until the file is whole. Broken connections are tried again with growing pauses.
    /// - Returns: The SHA-256 that the server announces for the file (Hugging Face does), or nil.
    func run() async throws -> String? {
        for attempt in 1... {
            try Task.checkCancellation()
            do {
                return try await attemptOnce()
            } catch let error as TransferError where error.isTransient && attempt < attempts {
                try await Task.sleep(for: .seconds(1 << (attempt - 1)))
            } catch let error as TransferError {
                throw CommandError(
                    "cannot fetch \(url.absoluteString): \(error.reason)"
                        + (error.isTransient ? "; run the same command again to go on where it stopped" : ""))
            }
        }
        return nil
    }

    /// Removes what a finished or useless download leaves: the note on its version, and a part file without bytes.
    func tidy() {
        let attributes = try? FileManager.default.attributesOfItem(atPath: partFile.path)
        let bytes = (attributes?[.size] as? NSNumber)?.intValue ?? 0
        guard bytes == 0 else { return }
        try? FileManager.default.removeItem(at: partFile)
        try? FileManager.default.removeItem(at: versionFile)
    }

    private var versionFile: URL { partFile.appendingPathExtension("version") }

    private func attemptOnce() async throws -> String? {
        if !FileManager.default.fileExists(atPath: partFile.path) {
            try Data().write(to: partFile)
        }
        let handle = try FileHandle(forUpdating: partFile)
        defer { try? handle.close() }
        guard flock(handle.fileDescriptor, LOCK_EX | LOCK_NB) == 0 else {
            throw CommandError("another process is fetching the same file (\(partFile.path))")
        }
        var offset = try handle.seekToEnd()
        var request = URLRequest(url: url)
        request.setValue("infiniretri", forHTTPHeaderField: "User-Agent")
        request.setValue("identity", forHTTPHeaderField: "Accept-Encoding")
        if offset > 0, let version = try? String(contentsOf: versionFile, encoding: .utf8), !version.isEmpty {
            request.setValue("bytes=\(offset)-", forHTTPHeaderField: "Range")
            // Without a known version, bytes of two different files might be joined.
            request.setValue(version, forHTTPHeaderField: "If-Range")
        } else {
            try handle.truncate(atOffset: 0)
            offset = 0
        }
        let transfer = Transfer(handle: handle, offset: Int(offset), versionFile: versionFile, progress: progress)
        return try await transfer.run(request)
    }
}

/// Why a transfer ended early.
struct TransferError: Error {
    var reason: String
    /// Whether trying again may help.
    var isTransient: Bool
}

/// One request. Everything but `run` happens on the session's serial queue, which is what makes it safe to share.
private final class Transfer: NSObject, URLSessionDataDelegate, @unchecked Sendable {
    private let handle: FileHandle
    private let versionFile: URL
    private let progress: @Sendable (Download.Progress) -> Void
    private var received: Int
    private var total: Int?
    private var announcedDigest: String?
    private var failure: (any Error)?
    private var continuation: CheckedContinuation<String?, any Error>?

    init(handle: FileHandle, offset: Int, versionFile: URL, progress: @escaping @Sendable (Download.Progress) -> Void) {
        self.handle = handle
        received = offset
        self.versionFile = versionFile
        self.progress = progress
    }

    func run(_ request: URLRequest) async throws -> String? {
        let queue = OperationQueue()
        queue.maxConcurrentOperationCount = 1
        let configuration = URLSessionConfiguration.ephemeral
        configuration.timeoutIntervalForRequest = 60
        let session = URLSession(configuration: configuration, delegate: self, delegateQueue: queue)
        defer { session.invalidateAndCancel() }
        let task = session.dataTask(with: request)
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                queue.addOperation {
                    self.continuation = continuation
                    task.resume()
                }
            }
        } onCancel: {
            task.cancel()
        }
    }

    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping (URLRequest?) -> Void
    ) {
        if let tag = response.value(forHTTPHeaderField: "X-Linked-ETag") {
            let digest = tag.trimmingCharacters(in: CharacterSet(charactersIn: "\""))
            if FileDigest.isSHA256(digest) { announcedDigest = digest }
        }
        guard let url = request.url, url.scheme?.lowercased() == "https" || ModelSource.isLocal(url) else {
            failure = TransferError(reason: "it redirects to an insecure address", isTransient: false)
            completionHandler(nil)
            return
        }
        var next = request
        for field in ["Range", "If-Range", "Accept-Encoding", "User-Agent"] {
            next.setValue(task.originalRequest?.value(forHTTPHeaderField: field), forHTTPHeaderField: field)
        }
        completionHandler(next)
    }

    func urlSession(
        _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
        completionHandler: @escaping (URLSession.ResponseDisposition) -> Void
    ) {
        do {
            if failure == nil { try accept(response) }
            completionHandler(failure == nil ? .allow : .cancel)
        } catch {
            failure = error
            completionHandler(.cancel)
        }
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        guard failure == nil else { return }
        do {
            if received == 0, !data.starts(with: Array("GGUF".utf8).prefix(data.count)) {
                throw TransferError(reason: "what it sends is not a GGUF file", isTransient: false)
            }
            try handle.write(contentsOf: data)
            received += data.count
            progress(Download.Progress(bytes: received, totalBytes: total))
        } catch {
            failure = error
            dataTask.cancel()
        }
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        let continuation = continuation
        self.continuation = nil
        if let failure {
            continuation?.resume(throwing: failure)
        } else if let error = error as? URLError, error.code == .cancelled {
            continuation?.resume(throwing: CancellationError())
        } else if let error {
            continuation?.resume(throwing: TransferError(reason: error.localizedDescription, isTransient: true))
        } else if let total, received != total {
            let reason = "the connection ended after \(received) of \(total) bytes"
            continuation?.resume(throwing: TransferError(reason: reason, isTransient: received < total))
        } else {
            continuation?.resume(returning: announcedDigest)
        }
    }

    /// Finds out from the answer's head whether it continues the part file or begins the file anew.
    private func accept(_ response: URLResponse) throws {
        guard let response = response as? HTTPURLResponse else {
            throw TransferError(reason: "the answer is not HTTP", isTransient: false)
        }
        let length = response.value(forHTTPHeaderField: "Content-Length").flatMap { Int($0) }
        switch response.statusCode {
        case 200:
            try handle.truncate(atOffset: 0)
            try handle.seek(toOffset: 0)
            received = 0
            total = length
        case 206:
            // Content-Range: bytes FIRST-LAST/TOTAL
            let range = response.value(forHTTPHeaderField: "Content-Range") ?? ""
            let numbers = range.split { !$0.isNumber }.compactMap { Int($0) }
            guard numbers.count >= 2, numbers[0] == received else {
                throw TransferError(reason: "the server sends another part than was asked for", isTransient: false)
            }
            total = numbers.count > 2 ? numbers[2] : numbers[1] + 1
        case 416:
            // The part file is as long as the file, or longer: begin anew.
            try handle.truncate(atOffset: 0)
            received = 0
            try? FileManager.default.removeItem(at: versionFile)
            throw TransferError(reason: "the server cannot go on from here", isTransient: true)
        case let status:
            throw TransferError(
                reason: "the server answers \(status) (\(HTTPURLResponse.localizedString(forStatusCode: status)))",
                isTransient: status >= 500 || status == 429)
        }
        // A weak tag ("W/...") may stand for files that differ in bytes.
        let tag = response.value(forHTTPHeaderField: "ETag").flatMap { $0.hasPrefix("W/") ? nil : $0 }
        let version = tag ?? response.value(forHTTPHeaderField: "Last-Modified") ?? ""
        try Data(version.utf8).write(to: versionFile, options: .atomic)
    }
}
