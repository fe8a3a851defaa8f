import BrokerKit
import Foundation
import Testing

@testable import Application

struct SecretReferenceTests {
    static let secret = "eyJhbGciOi.very-secret"

    private func broker(_ reference: String) -> String {
        "schema: 1\nbrokers:\n  tastytrade:\n    enabled: true\n"
            + "    clientSecret: \(reference)\n    refreshToken: env:B\n"
    }

    @Test(arguments: [
        ("env:A_1", "env:A_1"), ("file:/a b", "file:/a b"), ("file:x/y", "file:x/y"),
        ("credential:a-b.c", "credential:a-b.c"),
    ])
    func reference_readsItsForms(text: String, shown: String) throws {
        #expect(try SecretReference(text).text == shown)
    }

    @Test(arguments: [
        secret, "env:", "env:has space", "env:\(secret)", "credential:../x", "file://host/x", "https://x", "ENV:A",
    ])
    func literal_isRefused_withoutBeingPrinted(text: String) throws {
        let errors = try ConfigurationFixture.errors(
            broker("\"\(text)\""), environment: ["HOME": "/h", "B": "b"])
        let error = try #require(errors.first)
        #expect(error.code == "literal-secret")
        #expect(error.line == 5)
        #expect(!"\(errors)".contains("very-secret"))
    }

    @Test(arguments: [(0o600, true), (0o400, true), (0o644, false), (0o640, false), (0o620, false), (0o602, false)])
    func file_isRefused_whenOthersCanReadOrWriteIt(mode: Int, isTaken: Bool) throws {
        try ConfigurationFixture.withFolder { folder in
            try ConfigurationFixture.write(Self.secret + "\n", to: "\(folder)/token", mode: mode)
            let environment = ["HOME": "/h", "B": "b"]
            let text = broker("file:token")
            let file = "\(folder)/config.yaml"
            if isTaken {
                let loaded = try ConfigurationFixture.parse(text, environment: environment, file: file)
                #expect(loaded.tastytrade.clientSecret?.reveal() == Self.secret)
            } else {
                let errors = try ConfigurationFixture.errors(text, environment: environment, file: file)
                #expect(errors.map(\.code) == ["secret-mode"])
                #expect(errors.first?.fix?.contains("chmod 600") == true)
                #expect(!"\(errors)".contains("very-secret"))
            }
        }
    }

    @Test func file_isRefused_whenMissingEmptyOrAFolder() throws {
        try ConfigurationFixture.withFolder { folder in
            try ConfigurationFixture.write("\n", to: "\(folder)/empty")
            for name in ["absent", "empty", "."] {
                let errors = try ConfigurationFixture.errors(
                    broker("file:\(folder)/\(name)"), environment: ["HOME": "/h", "B": "b"])
                #expect(errors.map(\.code) == ["missing-secret"], "\(name)")
            }
        }
    }

    @Test func credential_isReadFromTheDirectoryOfTheServiceManager() throws {
        try ConfigurationFixture.withFolder { folder in
            try ConfigurationFixture.write(Self.secret, to: "\(folder)/token", mode: 0o440)
            let environment = ["HOME": "/h", "B": "b", "CREDENTIALS_DIRECTORY": folder]
            let loaded = try ConfigurationFixture.parse(broker("credential:token"), environment: environment)
            #expect(loaded.tastytrade.clientSecret?.reveal() == Self.secret)
            let errors = try ConfigurationFixture.errors(
                broker("credential:token"), environment: ["HOME": "/h", "B": "b"])
            #expect(errors.map(\.code) == ["missing-secret"])
        }
    }

    @Test func environment_servesWhereTheFileNamesNothing() throws {
        try ConfigurationFixture.withFolder { folder in
            try ConfigurationFixture.write("from-file", to: "\(folder)/token")
            let loaded = try ConfigurationFixture.parse(
                "schema: 1\nbrokers: {tastytrade: {enabled: true}}\n",
                environment: [
                    "HOME": "/h", "TRIBUTARY_TASTYTRADE_CLIENT_SECRET": "direct",
                    "TRIBUTARY_TASTYTRADE_REFRESH_TOKEN_FILE": "\(folder)/token",
                ])
            #expect(loaded.tastytrade.clientSecret?.reveal() == "direct")
            #expect(loaded.tastytrade.refreshToken?.reveal() == "from-file")
        }
    }

    @Test func secretsOfABrokerThatIsOff_areNotFetched() throws {
        let loaded = try ConfigurationFixture.parse(
            "schema: 1\nbrokers: {tastytrade: {clientSecret: file:/nowhere}}\n")
        #expect(loaded.tastytrade.clientSecret == nil)
    }
}
