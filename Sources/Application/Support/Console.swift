import Foundation

/// The two streams of a command: data on stdout, messages on stderr.
package enum Console {
    /// Writes whole, whatever the size. A closed reader ends the program quietly, as other tools do; anything else,
    /// such as a full disk, ends it as an input/output error.
    package static func output(_ text: String) { write(text, to: FileHandle.standardOutput) }
    package static func message(_ text: String) { write(text + "\n", to: FileHandle.standardError) }

    package static var isOutputTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

    private static func write(_ text: String, to handle: FileHandle) {
        do { try handle.write(contentsOf: Data(text.utf8)) } catch {
            let cause = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError ?? error as NSError
            exit(cause.code == Int(EPIPE) ? 0 : ExitStatus.inputOutput.rawValue)
        }
    }
}
