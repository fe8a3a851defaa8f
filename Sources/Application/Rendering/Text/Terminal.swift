import Foundation

/// What the reader of standard output can show.
struct Terminal: Sendable, Equatable {
    struct Size: Sendable, Equatable {
        var columns: Int
        var rows: Int
    }

    var isTTY: Bool
    var allowsColour: Bool
    /// nil when output is not a terminal: nothing is cut or left out then.
    var size: Size?

    init(isTTY: Bool, allowsColour: Bool, size: Size?) {
        self.isTTY = isTTY
        self.allowsColour = allowsColour && isTTY
        self.size = isTTY ? size : nil
    }

    /// A pipe or a file.
    static let none = Terminal(isTTY: false, allowsColour: false, size: nil)

    /// Standard output as it is now.
    static func current(environment: [String: String], noColour: Bool) -> Terminal {
        let isTTY = isatty(STDOUT_FILENO) == 1
        return Terminal(
            isTTY: isTTY, allowsColour: allowsColour(environment: environment, noColour: noColour),
            size: isTTY ? windowSize(environment) : nil)
    }

    /// NO_COLOR with any value but the empty one forbids colour, and so does a dumb terminal.
    static func allowsColour(environment: [String: String], noColour: Bool) -> Bool {
        !noColour && environment["NO_COLOR"]?.isEmpty != false && environment["TERM"] != "dumb"
    }

    var palette: Palette { Palette(isEnabled: allowsColour) }

    private static func windowSize(_ environment: [String: String]) -> Size {
        var window = winsize()
        if ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &window) == 0, window.ws_col > 0, window.ws_row > 0 {
            return Size(columns: Int(window.ws_col), rows: Int(window.ws_row))
        }
        return Size(
            columns: environment["COLUMNS"].flatMap(Int.init) ?? 120, rows: environment["LINES"].flatMap(Int.init) ?? 40
        )
    }
}
