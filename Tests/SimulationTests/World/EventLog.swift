import Alerts
import Foundation
import NIOConcurrencyHelpers
import PortfolioModel
import Supervision

/// What happened, in order: a running hash of all of it and the words of the end.
final class EventLog: Sendable {
    private struct State {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        var count = 0
        var tail: [String] = []
    }
    private let state = NIOLockedValueBox(State())
    private static let kept = 60

    /// Whether every line goes to stderr as well, for comparing two runs.
    private static let isTold = ProcessInfo.processInfo.environment["SIMULATION_LOG"] != nil

    func add(_ line: String) {
        if Self.isTold { FileHandle.standardError.write(Data((line + "\n").utf8)) }
        state.withLockedValue { state in
            // FNV-1a (Fowler, Noll and Vo), 64 bits.
            for byte in line.utf8 { state.hash = (state.hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
            state.count += 1
            state.tail.append(line)
            if state.tail.count > 2 * Self.kept { state.tail.removeFirst(Self.kept) }
        }
    }

    var count: Int { state.withLockedValue { $0.count } }
    /// Of everything so far; equal for equal runs.
    var digest: String { state.withLockedValue { String($0.hash, radix: 16) + " of \($0.count) lines" } }
    var tail: [String] { state.withLockedValue { Array($0.tail.suffix(Self.kept)) } }
}

extension EventLog: AlertSink {
    func deliver(_ transitions: [AlertTransition]) async {
        for transition in transitions { add("alert \(transition)") }
    }
}

extension BookChange {
    /// In a few words, without anything that depends on an order of hashing.
    var words: String {
        switch self {
        case .instrument(let row): "instrument \(row.id.raw) \(row.symbol)"
        case .account(let account): "account \(account.id) \(account.state.rawValue)"
        case .position(let position):
            "position \(position.account) \(position.instrument.raw) \(position.quantity) \(position.asOf)"
        case .positionClosed(let key): "closed \(key.account) \(key.instrument.raw)"
        case .balance(let balance): "balance \(balance.key.account) \(balance.cash)"
        case .balanceClosed(let key): "balance closed \(key.account)"
        case .figures(let figures): "figures \(figures.account)"
        case .market(let batch): "market \(batch.count)"
        case .marketRestored(let id, _): "restored \(id.raw)"
        case .feedSilent(let broker): "silent \(broker)"
        case .rate(let rate): "rate \(rate.rate)"
        case .earlierRates(let rates): "earlier rates \(rates.count)"
        case .broker(let status): "broker \(status.broker) \(status.state.rawValue) \(status.message ?? "")"
        case .transaction(let row): "transaction \(row.externalID)"
        case .prices(let prices): "prices \(prices.count)"
        case .imported(let batch): "imported \(batch.sha256.prefix(8))"
        }
    }
}
