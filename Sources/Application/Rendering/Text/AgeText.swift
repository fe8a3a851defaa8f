import PortfolioModel

/// How long ago something was: `0s`, `59s`, `12m`, `5h`, `3d`.
enum AgeText {
    static func of(_ instant: Timestamp, now: Timestamp) -> String {
        let seconds = max(0, Int(now.seconds(since: instant)))
        switch seconds {
        case ..<60: return "\(seconds)s"
        case ..<3600: return "\(seconds / 60)m"
        case ..<86_400: return "\(seconds / 3600)h"
        default: return "\(seconds / 86_400)d"
        }
    }
}
