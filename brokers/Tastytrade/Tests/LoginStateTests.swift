import BrokerKit
import Testing

@testable import Tastytrade

struct LoginStateTests {
    @Test func token_isRenewedEarly_andServesMeanwhile() {
        var random = SeededGenerator(seed: 1)
        var login = LoginState(hold: .seconds(900))
        #expect(login.decide(at: .zero) == .renew)
        let token = login.granted(SecretString("a"), lifetime: .seconds(900), at: .zero, using: &random)
        #expect(login.decide(at: .seconds(800)) == .use(token))
        // At most one and a half margins of 60 s, at least one.
        #expect(token.renewAt >= .seconds(810) && token.renewAt <= .seconds(840))
        #expect(login.decide(at: .seconds(841)) == .renew)
        login.failed("down", at: .seconds(841), using: &random)
        #expect(login.decide(at: .seconds(841)) == .use(token))
    }

    @Test func shortToken_keepsATenth() {
        var random = SeededGenerator(seed: 1)
        var login = LoginState(hold: .seconds(900))
        let token = login.granted(SecretString("a"), lifetime: .seconds(10), at: .zero, using: &random)
        #expect(token.renewAt >= .seconds(8.5) && token.renewAt <= .seconds(9))
    }

    @Test func refusal_forbidsLoginsForTheHold() {
        var login = LoginState(hold: .seconds(900))
        login.refused("no", at: .seconds(5))
        #expect(login.decide(at: .seconds(904)) == .hold(.seconds(1), message: "no", needsLogin: true))
        #expect(login.decide(at: .seconds(905)) == .renew)
    }

    @Test func failures_growTheGap_andAreForgottenByAGrant() {
        var random = SeededGenerator(seed: 1)
        var login = LoginState(hold: .seconds(900))
        var last = Duration.zero
        for _ in 0..<30 {
            login.failed("down", at: .zero, using: &random)
            guard case .hold(let wait, _, let needsLogin) = login.decide(at: .zero) else {
                Issue.record("a failed login must not be tried at once")
                return
            }
            #expect(!needsLogin)
            #expect(wait <= .seconds(300))
            last = max(last, wait)
        }
        #expect(last > .seconds(60))
        _ = login.granted(SecretString("a"), lifetime: .seconds(900), at: .zero, using: &random)
        #expect(login.decide(at: .seconds(1)) != .renew)
    }

    @Test func rejectedToken_isReplacedOnce_thenHeld() {
        var random = SeededGenerator(seed: 1)
        var login = LoginState(hold: .seconds(900))
        let first = login.granted(SecretString("a"), lifetime: .seconds(900), at: .zero, using: &random)
        #expect(login.rejected(first.generation, at: .zero) == true)
        #expect(login.decide(at: .zero) == .renew)
        let second = login.granted(SecretString("b"), lifetime: .seconds(900), at: .zero, using: &random)
        // A late answer to the first token says nothing of the second.
        #expect(login.rejected(first.generation, at: .zero) == true)
        #expect(login.decide(at: .zero) == .use(second))
        #expect(login.rejected(second.generation, at: .zero) == false)
        guard case .hold(_, _, needsLogin: true) = login.decide(at: .seconds(1)) else {
            Issue.record("rejected replacements must hold logins")
            return
        }
    }

    @Test func rejectedToken_isReplacedAgain_whenTheReplacementHadWorked() {
        var random = SeededGenerator(seed: 1)
        var login = LoginState(hold: .seconds(900))
        for _ in 0..<5 {
            let token = login.granted(SecretString("a"), lifetime: .seconds(900), at: .zero, using: &random)
            login.accepted(token.generation)
            #expect(login.rejected(token.generation, at: .zero) == true)
            #expect(login.decide(at: .zero) == .renew)
        }
    }
}
