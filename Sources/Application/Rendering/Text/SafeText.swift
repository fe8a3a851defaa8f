/// Text from files and brokers as a terminal may show it: control characters (Unicode Cc), which could move the cursor,
/// colour what follows or rename the window, are each replaced by U+FFFD.
enum SafeText {
    static func of(_ text: String, keeping kept: Set<Unicode.Scalar> = []) -> String {
        func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
            (scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)) && !kept.contains(scalar)
        }
        guard text.unicodeScalars.contains(where: isUnsafe) else { return text }
        var safe = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { safe.append(isUnsafe(scalar) ? "\u{FFFD}" : scalar) }
        return String(safe)
    }
}
