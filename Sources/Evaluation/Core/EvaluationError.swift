/// Why an evaluation cannot run.
public enum EvaluationError: Error, Equatable, CustomStringConvertible {
    /// A file cannot be opened.
    case unreadable(file: String, reason: String)
    /// A compressed file cannot be unpacked, because it is not whole any more.
    case damaged(file: String, reason: String)
    /// The program that unpacks a compressed file is not installed; the package has it.
    case missingProgram(_ program: String, package: String, file: String)
    /// A temporary file cannot be written to a folder.
    case unwritable(folder: String, reason: String)
    /// A line of a data set or of kept rows is not what it should be.
    case malformedLine(file: String, line: Int, reason: String)
    /// A data set without questions, or a folder without text.
    case empty(path: String)
    /// The result folder holds rows made with other settings.
    case otherSettings(folder: String, names: [String])
    /// The result folder does not say what its rows were made with.
    case unknownSettings(folder: String, reason: String)
    /// A `board.json`, or a set that it lists, is not what it should be.
    case malformedBoard(file: String, set: String?, reason: String)
    /// An option has a value that cannot work.
    case invalidOption(String)

    /// What is wrong and what to do.
    public var description: String {
        switch self {
        case .unreadable(let file, let reason):
            "cannot read '\(file)': \(reason)"
        case .damaged(let file, let reason):
            "'\(file)' is damaged or cut off (\(reason)); fetch it again"
        case .missingProgram(let program, let package, let file):
            "'\(file)' is compressed, and the program '\(program)' that unpacks it is missing; install \(package), "
                + "or give the unpacked file"
        case .unwritable(let folder, let reason):
            "cannot write a temporary file to '\(folder)': \(reason); make room there, or name another folder in TMPDIR"
        case .malformedLine(let file, let line, let reason):
            "\(file):\(line): \(reason)"
        case .empty(let path):
            "'\(path)' holds nothing to evaluate; give a JSON Lines file of questions or a folder of .txt files"
        case .otherSettings(let folder, let names):
            "'\(folder)' holds results of a run with other settings (\(names.joined(separator: ", "))); "
                + "give another folder with --out, or remove this one"
        case .unknownSettings(let folder, let reason):
            "'\(folder)' does not say with which settings its results were made (\(reason)); "
                + "give another folder with --out, or remove this one"
        case .malformedBoard(let file, let set, let reason):
            set.map { "\(file): set '\($0)': \(reason)" } ?? "\(file): \(reason)"
        case .invalidOption(let message):
            message
        }
    }
}
