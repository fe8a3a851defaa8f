import ArgumentParser
import Foundation

/// `tributary import`
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Read a broker's files into the book.",
        discussion: """
            A positions file replaces what is held of the accounts in it. The same file again changes nothing; a \
            file older than the snapshot held is refused without --force. A file with a row that is not understood \
            is refused whole, unless --skip-refused is given.
            """)

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Broker whose files these are: fidelity.")
    var broker: String

    @Argument(help: "Files to import, in this order.", completion: .file(extensions: ["csv"]))
    var files: [String]

    @Flag(name: .long, help: "Show row by row what would change; write nothing.")
    var dryRun = false

    @Flag(name: .long, help: "Take a file that is older than the snapshot held.")
    var force = false

    @Flag(name: .long, help: "Leave accounts with refused rows as they are and import the file's others.")
    var skipRefused = false

    @Option(name: .long, help: "As-of date (YYYY-MM-DD) for files that do not state one.")
    var asOf: String?

    /// Larger files are no broker's export.
    static let maximumBytes = 64 << 20

    func run() async throws {
        let session = try await CommandSession(options)
        var worst: Int32 = 0
        for file in files {
            var request = ImportRequest(
                broker: broker, fileName: (file as NSString).lastPathComponent,
                bytes: Data(try Self.read(file)).base64EncodedString())
            request.dryRun = dryRun
            request.force = force
            request.skipRefused = skipRefused
            request.asOf = asOf
            request.unmask = options.unmask
            worst = max(worst, try await session.importFile(request, path: file))
        }
        if worst != 0 { throw ExitCode(worst) }
    }

    static func read(
        _ path: String, limit: Int = maximumBytes, fix: String = "export positions, not documents"
    ) throws(CommandError) -> [UInt8] {
        let url = URL(fileURLWithPath: path)
        do {
            let size = try url.resourceValues(forKeys: [.fileSizeKey, .isRegularFileKey])
            guard size.isRegularFile == true else {
                throw CommandError(
                    "not-a-file", "not a regular file", file: path, fix: "save it as a file and name that",
                    exit: .dataError)
            }
            guard (size.fileSize ?? 0) <= limit else {
                throw CommandError(
                    "file-too-large", "larger than \(limit >> 20) MiB", file: path,
                    fix: fix, exit: .dataError)
            }
            return [UInt8](try Data(contentsOf: url))
        } catch let error as CommandError {
            throw error
        } catch {
            throw CommandError(
                "unreadable-file", "the file cannot be read: \(error.localizedDescription)", file: path,
                fix: "check the path and its permissions", exit: .dataError)
        }
    }
}
