import Foundation
import PortfolioModel
import Risk
import Testing

@testable import Application

struct DoctorTests {
    private func need(_ held: Set<Currency>, in target: Currency, rate: FXRate? = nil) throws -> RatesCheck.Need {
        var view = try ViewFixture.portfolio()
        view.at = ViewFixture.now
        return RatesCheck.Need(
            held: held,
            rates: FXDocument(view: view, rates: FXTable(rate.map { [$0] } ?? []), date: nil, currency: target))
    }

    private let euro = FXRate(
        base: .eur, quote: .usd, rate: FixedDecimal(1), asOf: ViewFixture.now, source: "test")

    @Test func rates_areMissing_whenAPortfolioReportsInAnotherCurrency() throws {
        let check = RatesCheck([try need([.usd], in: .usd), try need([.usd], in: .eur)]).check
        #expect(check.result == .fail && check.message == "no rate of USD to EUR")
    }

    @Test func rates_pass_andNameEveryReportingCurrency() throws {
        let check = RatesCheck([try need([.usd], in: .usd), try need([.usd], in: .eur, rate: euro)]).check
        #expect(check.result == .pass && check.message == "every currency held has a rate to EUR and USD")
        let own = RatesCheck([try need([.usd], in: .usd), try need([.eur], in: .eur)]).check
        #expect(own.message == "everything is in EUR and USD")
        #expect(RatesCheck([try need([.usd], in: .usd)]).check.message == "everything is in USD")
    }

    @Test func currencies_areThoseOfThePortfoliosAccounts() throws {
        let view = try ViewFixture.portfolio()
        let options = DocumentOptions(unmask: true)
        let held = HeldCurrencies(
            accounts: AccountsDocument(view: view, service: ServiceFixture.service, options: options),
            positions: PositionsDocument(view: view, service: ServiceFixture.service, options: options),
            balances: BalancesDocument(view: view, service: ServiceFixture.service, options: options))
        let tasty = try #require(view.accounts.first { $0.account.key.broker.name == "tastytrade" })
        #expect(held.all.contains(.inr) && held.all.contains(.usd))
        #expect(held.of([tasty.account.key]).contains(.usd))
        #expect(held.of([AccountKey(BrokerID("tastytrade"), "none")]).isEmpty)
    }

    @Test func folders_areRefused_whenTheyCannotBeMade() throws {
        let folder = NSTemporaryDirectory() + "doctor-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        #expect(WritableFolders([folder, folder + "/run/deep"]).checks.map(\.result) == [.pass])
        // A file in the way refuses root too.
        try Data().write(to: URL(fileURLWithPath: folder + "/file"))
        let refused = WritableFolders([folder, folder + "/file/run"]).checks
        #expect(refused.map(\.result) == [.fail])
        #expect(refused.first?.message == "\(folder)/file is not a folder that can be written")
    }

    @Test func aStatement_leavesTheFixToItsOwnLine() {
        let error = CommandError("bad", "it is wrong", file: "a.yaml", line: 3, field: "base", fix: "write USD")
        #expect(error.statement == "a.yaml:3: it is wrong (field base)")
        #expect(error.text == "a.yaml:3: it is wrong (field base)\n  fix: write USD")
    }
}
