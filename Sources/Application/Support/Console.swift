import Foundation

/// The two streams of a command: data on stdout, messages on stderr.
package enum Console {
    /// Writes whole, whatever the size; a closed reader ends the program quietly, as other tools do.
    package static func output(_ text: String) { write(text, to: FileHandle.standardOutput) }
    package static func message(_ text: String) { write(text + "\n", to: FileHandle.standardError) }

    package static var isOutputTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

    private static func write(_ text: String, to handle: FileHandle) {
        do { try handle.write(contentsOf: Data(text.utf8)) } catch { exit(0) }
    }
}
