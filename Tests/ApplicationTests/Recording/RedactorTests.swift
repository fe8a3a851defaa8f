import Foundation
import Testing

@testable import Application

/// What may not be in a recording does not get there.
struct RedactorTests {
    private func cleaned(_ text: String, _ teach: (inout Redactor) -> Void) -> String {
        var redactor = Redactor()
        teach(&redactor)
        return String(decoding: redactor.clean(Array(text.utf8)), as: UTF8.self)
    }

    @Test(arguments: [
        #"{"access_token":"CANARY-1","expires_in":900}"#, #"{"a":{"refresh_token" : "CANARY-1"}}"#,
        #"{"data":{"token":"CANARY-1","dxlink-url":"wss://a"}}"#, #"{"a":"x\"y","session-token":"CANARY-1"}"#,
        #"{"auth-token":"Bearer CANARY-1","action":"connect"}"#, #"[{"account-number":"CANARY-1"}]"#,
        #"{"accountNumber":"CANARY-1"}"#,
    ])
    func fields_teachWhatIsReplacedEverywhere(_ json: String) {
        let text = cleaned(json + " then CANARY-1 again") { $0.learn(json: Array(json.utf8)) }
        #expect(!text.contains("CANARY-1"), "\(text)")
        #expect(text.contains("then ") && text.contains(" again"))
    }

    @Test func path_teachesItsAccount() {
        let text = cleaned("/accounts/5WX00042/positions of 5WX00042") {
            $0.learn(path: "/accounts/5WX00042/positions")
        }
        #expect(!text.contains("5WX00042"))
        #expect(text.contains("0042/positions"))
    }

    @Test func pseudonym_keepsFormAndLastFour() {
        for number in ["5WX00042", "X12345678", "123456789", "U-7654321", "12345"] {
            var names = Pseudonyms()
            _ = names.learn(number)
            let name = names.names[number] ?? ""
            #expect(name != number && name.count == number.count && name.suffix(4) == number.suffix(4), "\(number)")
            for (old, new) in zip(number, name) {
                #expect(old.isNumber == new.isNumber && old.isLetter == new.isLetter, "\(number) \(name)")
            }
        }
    }

    @Test func pseudonyms_areStableAndApart() {
        var names = Pseudonyms()
        let numbers = (0..<500).map { "A\(10_000 + $0)1234" }
        for number in numbers { _ = names.learn(number) }
        let first = names.names
        for number in numbers { _ = names.learn(number) }
        #expect(names.names == first)
        #expect(Set(first.values).count == numbers.count)
    }

    @Test func pseudonymOfAnother_isReplacedLikeAnyNumber() {
        var names = Pseudonyms()
        _ = names.learn("A100001234")
        let taken = names.names["A100001234"] ?? ""
        let isNew = names.learn(taken)
        #expect(isNew)
        let name = names.names[taken] ?? ""
        #expect(name != taken && name.suffix(4) == "1234")
    }

    @Test func numberOfDigits_isNotTakenOutOfALongerOne() {
        let text = cleaned("1795612345678 12345678 12345678.5 x12345678") { $0.learn(account: "12345678") }
        #expect(text.hasPrefix("1795612345678 "))
        #expect(!text.contains(" 12345678 "))
        #expect(text.contains(" 12345678.5 "))
    }

    @Test func fileSpelling_isLearnedToo() {
        let file = "Account,Symbol\r\nX12-345678,SPY\r\n\"X12345678\",QQQ\r\n"
        let text = cleaned(file) { $0.learn(account: "X12345678", writtenIn: Array(file.utf8)) }
        #expect(!text.contains("X12345678") && !text.contains("X12-345678"), "\(text)")
    }
}
