import BrokerKit
import Testing

struct EndpointPolicyTests {
    @Test(arguments: [
        ("https://api.tastyworks.com/x", true), ("http://api.tastyworks.com/x", false),
        ("http://127.0.0.1:8080/", true),
        ("ws://localhost:1/", true), ("wss://tasty-openapi-ws.dxfeed.com/realtime", true),
        ("wss://dxfeed.com/realtime", false), ("wss://evildxfeed.com/", false), ("https://127.0.0.1.evil.com/", false),
        ("https://user@api.tastyworks.com/", false), ("ftp://api.tastyworks.com/", false), ("http://[::1]:90/", true),
        ("http://127.1/", false), ("https://api.tastyworks.com:0/", false), ("https://api.tastyworks.com\n/", false),
    ])
    func check_allowsOnlyListedOrLoopbackHosts(url: String, allowed: Bool) {
        let policy = EndpointPolicy(allowedHosts: ["api.tastyworks.com", "*.dxfeed.com"])
        #expect(((try? policy.check(url)) != nil) == allowed)
    }
}
