import Foundation
import NIOConcurrencyHelpers

/// Kills what was started here and still runs when the tests end, however they end: a small shell reads the process
/// numbers from a pipe that closes with us.
final class Warden: Sendable {
    static let shared = Warden()

    private let pipe: NIOLockedValueBox<FileHandle?>

    private init() {
        let script = """
            pids=' '
            while read -r word pid; do
                case $word in
                watch) pids="$pids$pid " ;;
                forget) pids="${pids%%" $pid "*} ${pids#*" $pid "}" ;;
                esac
            done
            [ "$pids" = ' ' ] || kill -KILL $pids 2>/dev/null
            """
        let input = Pipe()
        let shell = Process()
        shell.executableURL = URL(fileURLWithPath: "/bin/sh")
        shell.arguments = ["-c", script]
        shell.standardInput = input
        shell.standardOutput = FileHandle.nullDevice
        do {
            try shell.run()
            pipe = NIOLockedValueBox(input.fileHandleForWriting)
        } catch {
            pipe = NIOLockedValueBox(nil)
        }
    }

    func watch(_ process: Int32) { tell("watch \(process)\n") }
    func forget(_ process: Int32) { tell("forget \(process)\n") }

    private func tell(_ line: String) {
        pipe.withLockedValue { try? $0?.write(contentsOf: Data(line.utf8)) }
    }
}
