import BrokerKit
import Fidelity
import PortfolioModel

private struct FixedClock: ServiceClock {
    func now() -> Timestamp { Timestamp(seconds: 1_793_707_200) }
    func uptime() -> Duration { .zero }
    func sleep(for duration: Duration) async throws {}
}

/// A positions file is a document or an `ImportError`.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: data, count: size))
    do throws(ImportError) {
        let reader = FidelityPositionsReader(clock: FixedClock())
        let document = try reader.read(fileName: "positions.csv", bytes: bytes, asOf: CalendarDate("2026-11-02"))
        precondition(document.rows.count <= bytes.count + 1)
    } catch {}
    return 0
}
