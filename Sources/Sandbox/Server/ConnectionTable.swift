import NIOConcurrencyHelpers
import NIOCore

/// The open connections of one server, and how many there ever were.
final class ConnectionTable: Sendable {
    private struct Entry {
        let channel: any Channel
        let gate: NIOLockedValueBox<Bool>
    }

    private struct State {
        var open: [ObjectIdentifier: Entry] = [:]
        var total = 0
    }

    private let state = NIOLockedValueBox(State())

    var count: Int { state.withLockedValue { $0.open.count } }
    var total: Int { state.withLockedValue { $0.total } }

    func insert(_ channel: any Channel, gate: NIOLockedValueBox<Bool>) {
        let key = ObjectIdentifier(channel)
        state.withLockedValue {
            $0.open[key] = Entry(channel: channel, gate: gate)
            $0.total += 1
        }
        channel.closeFuture.whenComplete { _ in
            self.state.withLockedValue { _ = $0.open.removeValue(forKey: key) }
        }
    }

    func dropAll() {
        for entry in state.withLockedValue({ Array($0.open.values) }) {
            entry.channel.close(promise: nil)
        }
    }

    func stallAll() {
        for entry in state.withLockedValue({ Array($0.open.values) }) {
            entry.gate.withLockedValue { $0 = true }
        }
    }
}
