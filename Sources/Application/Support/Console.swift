import Foundation
import PortfolioStore

/// The two streams of a command: data on stdout, messages on stderr.
package enum Console {
    /// Writes whole, whatever the size. A closed reader ends the program quietly, as other tools do; anything else,
    /// such as a full disk, is said and ends it as an input/output error.
    package static func output(_ text: String) {
        write(text, to: FileHandle.standardOutput) { reason in
            message("tributary: the output could not be written: \(reason); what the command changed stays changed")
        }
    }

    /// One or more lines. What they quote of a file may not steer a terminal.
    package static func message(_ text: String) {
        write(SafeText.of(text, keeping: ["\n", "\t"]) + "\n", to: FileHandle.standardError) { _ in }
    }

    package static var isOutputTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

    private static func write(_ text: String, to handle: FileHandle, failed: (_ reason: String) -> Void) {
        do { try handle.write(contentsOf: Data(text.utf8)) } catch {
            let cause = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError ?? error as NSError
            if cause.code == Int(EPIPE) { exit(0) }
            failed(String(errno: Int32(truncatingIfNeeded: cause.code)))
            exit(ExitStatus.inputOutput.rawValue)
        }
    }
}
