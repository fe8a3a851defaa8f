import BrokerKit
import PortfolioModel
import Risk

/// One line of a recording. In their order these and the supervisor's clock readings decide the book and its alerts;
/// `exchange` and `socket` are the bytes the brokers' events were read from.
enum RecordedStep: Codable, Sendable {
    /// The first line.
    case start(RecordedStart)
    /// The book as it was restored from the database.
    case stored([BookChange], sequence: UInt64)
    case begin
    case tick
    case rates([FXRate])
    case received([BrokerEvent], from: BrokerID)
    case imported(RecordedFile)
    case aged(BrokerID)
    case noted([String])
    /// Readings of the clock, with who read it: `supervisor` or a broker.
    case now(Timestamp, by: String)
    case uptime(Duration, by: String)
    case slept(by: String)
    case risk(RiskStep)
    /// A view the alert rules were held against.
    case evaluated(RecordedView)
    case fired([String])
    /// Documents as they were shown, to compare with; `isReport` is what `--out` wrote at the end.
    case checkpoint(RecordedView, [DocumentName: String], isReport: Bool)
    case exchange(RecordedExchange)
    case socket(RecordedSocket)
    /// The last line of a recording that was closed in order.
    case end

    /// Whether the supervisor did something for which it may have read its clock.
    var isSupervisorInput: Bool {
        switch self {
        case .begin, .tick, .rates, .received, .imported, .aged: true
        default: false
        }
    }
}

/// Which view of the book: the risk engine's instant, its sequence, and all that deserved a person's eye.
struct RecordedView: Codable, Sendable, Hashable {
    var at: Timestamp
    var sequence: UInt64
    var alarms: [String]
}

/// An imported file; its account numbers are pseudonyms of the same form, so that it still reads.
struct RecordedFile: Codable, Sendable {
    var broker: BrokerID
    var fileName: String
    var body: RecordedBytes
    /// The date a person gave for a file that states none.
    var asOf: CalendarDate?
    var importedAt: Timestamp
}
