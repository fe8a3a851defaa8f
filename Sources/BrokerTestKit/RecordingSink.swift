package import BrokerKit
import NIOConcurrencyHelpers

/// Keeps everything a broker delivers.
package final class RecordingSink: BrokerSink {
    private let log = NIOLockedValueBox<[[BrokerEvent]]>([])

    package init() {}

    /// One array a delivery.
    package var deliveries: [[BrokerEvent]] { log.withLockedValue { $0 } }
    package var events: [BrokerEvent] { deliveries.flatMap(\.self) }

    package func deliver(_ events: [BrokerEvent]) async { log.withLockedValue { $0.append(events) } }

    /// The snapshots delivered so far.
    package var snapshots: [AccountSnapshot] {
        events.compactMap { if case .snapshot(let snapshot) = $0 { snapshot } else { nil } }
    }

    /// Places and reasons of the records that could not be read.
    package var unreadable: [String] {
        events.compactMap { if case .unreadable(let place, let reason) = $0 { "\(place): \(reason)" } else { nil } }
    }
}
