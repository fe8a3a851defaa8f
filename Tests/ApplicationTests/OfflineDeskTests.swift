import PortfolioModel
import Testing

@testable import Application

struct OfflineDeskTests {
    private static let now = Timestamp(seconds: 1_795_000_000)

    private func account(_ broker: String, _ state: FigureState) -> Account {
        Account(
            id: AccountID("\(broker)-1"), key: AccountKey(BrokerID(broker), "X1"), state: state, asOf: Self.now)
    }

    /// Nobody looks for a newer file either while no service runs.
    @Test(arguments: ["fidelity", "tastytrade"])
    func accounts_areStale_withoutAService(broker: String) {
        var configuration = RecordingFixture.start(at: Self.now).configuration
        configuration.fidelity.enabled = true
        let desk = OfflineDesk(configuration: configuration, clock: SystemClock())
        func state(_ stored: FigureState) -> FigureState? {
            desk.stale([.account(account(broker, stored))]).compactMap { change in
                if case .account(let account) = change { account.state } else { nil }
            }.first
        }
        #expect(state(.confirmed) == .stale)
        #expect(state(.stale) == .stale)
        #expect(state(.unknown) == .unknown)
    }

    @Test func anAccountThatIsNotThere_isWrongUsage_andNamesThoseThatAre() throws {
        var book = Book(base: .usd)
        try book.restore([.account(account("fidelity", .confirmed))], sequence: 1)
        #expect(try book.account(named: "fidelity-1") == AccountID("fidelity-1"))
        let error = #expect(throws: CommandError.self) { try book.account(named: "nope") }
        #expect(error?.exitStatus == ExitStatus.usage.rawValue)
        #expect(error?.fix == "one of: fidelity-1")
    }
}
