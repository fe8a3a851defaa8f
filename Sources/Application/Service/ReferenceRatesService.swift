import BrokerKit
import Logging
import PortfolioModel
import ReferenceData
import ServiceLifecycle
import Supervision
import Transport

/// Downloads reference rates at start, when those held are older than the last scheduled time, and then once a day. A
/// download that fails changes no rate; it shows among the brokers' health and is tried again.
struct ReferenceRatesService: Service {
    let core: ServiceCore

    /// How the source of rates is called among the brokers.
    static let name = BrokerID(FXRate.ecbSource)

    func run() async throws {
        guard let url = core.configuration.fx.ecbURL, let host = Endpoint(url)?.host else { return await wait() }
        let http = try CurlHTTPClient(policy: EndpointPolicy(allowedHosts: [host]))
        await cancelWhenGracefulShutdown { await keep(ECBDownload(url: url, http: http)) }
        await http.shutdown()
    }

    /// A service that ends would end the others.
    private func wait() async {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled { try? await core.clock.sleep(for: .seconds(3600)) }
        }
    }

    func keep(_ download: ECBDownload) async {
        let time = core.configuration.fx.ecbTime
        let schedule = DailySchedule(zone: .frankfurt, hour: time.hour, minute: time.minute)
        var random = SeededGenerator(seed: UInt64(core.startedAt.microseconds))
        var backoff = Backoff(base: .seconds(60), cap: .seconds(3600), resetAfter: .zero)
        var due = await firstTime(schedule)
        while !Task.isCancelled {
            let now = core.clock.now()
            if now < due {
                // In steps, since a machine's sleep is not counted.
                let rest = Duration.microseconds(due.microseconds - now.microseconds)
                try? await core.clock.sleep(for: min(rest, .seconds(60)))
                continue
            }
            if await fetch(download) {
                backoff.succeeded(at: core.clock.uptime())
                due = schedule.next(after: core.clock.now())
            } else {
                due = core.clock.now().adding(backoff.next(using: &random))
            }
        }
    }

    /// At once, unless what is held was stated since the last scheduled time less the half hour before it.
    private func firstTime(_ schedule: DailySchedule) async -> Timestamp {
        let now = core.clock.now()
        let held = await core.supervisor.book.rates.all.filter { $0.source == FXRate.ecbSource }.map(\.asOf).max()
        let last = schedule.last(atOrBefore: now)
        guard let held, held >= last.adding(.seconds(-1800)) else { return now }
        return schedule.next(after: now)
    }

    /// Whether the rates came and are kept.
    private func fetch(_ download: ECBDownload) async -> Bool {
        do {
            let file = try await download.fetch(today: core.clock.date(in: .frankfurt))
            let written = try await core.take(file)
            core.logger.info("reference rates were downloaded", metadata: ["written": "\(written)"])
            await core.supervisor.receive([.health(.live, message: nil), .alive(core.clock.now())], from: Self.name)
            return true
        } catch is CancellationError {
            return false
        } catch {
            let reason = (error as? BrokerError)?.message ?? "\(error)"
            core.logger.warning("reference rates were not downloaded", metadata: ["reason": "\(reason)"])
            await core.supervisor.receive(
                [.health(.degraded, message: "\(reason); the rates held stay")], from: Self.name)
            return false
        }
    }
}
