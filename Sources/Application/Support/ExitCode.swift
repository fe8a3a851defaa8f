package import ArgumentParser

/// The documented exit codes (docs/cli.md).
package enum ExitStatus: Int32, Sendable {
    case ok = 0
    case general = 1
    /// A warning state or findings: `status` with a degraded broker, `sync` with a failed one, `doctor` with findings.
    case findings = 2
    case usage = 64
    case dataError = 65
    case noInput = 66
    case unavailable = 69
    case software = 70
    case inputOutput = 74
    case temporary = 75
    case permission = 77
    case configuration = 78

    package var exitCode: ExitCode { ExitCode(rawValue) }
}
