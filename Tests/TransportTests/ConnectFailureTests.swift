import BrokerKit
import Testing

@testable import Transport

struct ConnectFailureTests {
    @Test(arguments: [
        (
            "server's cert didn't look good, X509_V_ERR = 20: unable to get local issuer certificate", 0,
            TransportError.Code.tlsFailed
        ),
        ("Timed out waiting SSL", 0, .timedOut), ("unable to lookup address", 0, .nameNotResolved),
        ("HS: Accept hash wrong", 101, .protocolViolation), ("conn fail: 111", 0, .connectFailed),
        ("HS: ws upgrade response not 101", 503, .connectFailed), ("", 0, .connectFailed),
    ])
    func error_namesTheCause(text: String, status: Int, code: TransportError.Code) {
        let error = ConnectFailure.error(text, status: status, authority: "host:1")
        #expect(error.code == code)
        #expect(error.upgradeStatus == (status == 503 ? 503 : nil))
    }
}
