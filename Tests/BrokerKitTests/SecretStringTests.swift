import BrokerKit
import Testing

struct SecretStringTests {
    private struct Holder {
        var token: SecretString
    }

    @Test func secret_isNeverPrinted_byAnyOrdinaryWay() {
        let secret = SecretString("hunter2-refresh")
        let holder = Holder(token: secret)
        var dumped = ""
        dump(holder, to: &dumped)
        dump(secret, to: &dumped)
        let texts = [
            "\(secret)", String(describing: secret), String(reflecting: secret), "\(holder)",
            String(reflecting: holder),
            "\([secret])", "\(["k": secret])", "\(Optional(secret) as Any)", dumped,
            "\(Mirror(reflecting: secret).children.map { "\($0.value)" })",
        ]
        for text in texts { #expect(!text.contains("hunter2")) }
        #expect("\(holder)".contains("<secret>"))
    }

    @Test func reveal_givesTheValue() {
        #expect(SecretString("x").reveal() == "x")
        #expect(SecretString("x") == SecretString("x") && SecretString("x") != SecretString("y"))
        #expect(SecretString("").isEmpty && !SecretString("x").isEmpty)
    }
}
