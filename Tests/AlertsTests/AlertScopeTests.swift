import Alerts
import Testing

struct AlertScopeTests {
    @Test(arguments: [
        "portfolio", "account:tastytrade-1", "underlying:SPY", "position:SPY   261218P00570000", "broker:fidelity",
    ])
    func init_readsWhatItPrints(text: String) {
        #expect(AlertScope(text)?.description == text)
    }

    @Test(arguments: ["", "portfolio:", "portfolio:x", "account", "account:", "Account:x", "sector:tech"])
    func init_refusesOtherWords(text: String) {
        #expect(AlertScope(text) == nil)
    }
}
