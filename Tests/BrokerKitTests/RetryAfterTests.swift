import BrokerKit
import PortfolioModel
import Testing

struct RetryAfterTests {
    /// Sunday, 6 November 1994, 08:49:07 GMT.
    private let now = Timestamp(seconds: 784_111_747)

    @Test(arguments: [
        ("120", 120), (" 7 ", 7), ("0", 0), ("900", 900), ("901", 900), ("99999999999999999999999", 900),
        ("Sun, 06 Nov 1994 08:49:37 GMT", 30), ("Sun, 06 Nov 1994 08:48:37 GMT", 0),
        ("Mon, 07 Nov 1994 08:49:07 GMT", 900),
    ])
    func wait_isRead_inBothForms_andCapped(field: String, seconds: Int) {
        #expect(RetryAfter.wait(field, now: now) == .seconds(seconds))
    }

    @Test(arguments: [
        "", "soon", "-5", "1.5", "12s", "Sun, 06 Nov 1994 08:49:37", "Sun, 31 Feb 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 24:49:37 GMT", "Sun, 06 Nov 1994 8:49:37 GMT", "1994-11-06T08:49:37Z",
    ])
    func wait_isNil_whenTheFieldSaysNothing(field: String) {
        #expect(RetryAfter.wait(field, now: now) == nil)
        #expect(RetryAfter.wait(nil, now: now) == nil)
    }
}
