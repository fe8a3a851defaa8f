/// Where a started sandbox is and how to log in to it. Nothing in it is a real secret.
package struct SandboxDescription: Codable, Sendable, Equatable {
    package var broker: String
    /// By purpose, such as `api` or `control`.
    package var urls: [String: String]
    package var accounts: [String]
    package var credentials: [String: String]
    /// The PEM file of the authority to trust, when the sandbox serves TLS.
    package var caFile: String?

    package init(
        broker: String, urls: [String: String], accounts: [String], credentials: [String: String],
        caFile: String? = nil
    ) {
        self.broker = broker
        self.urls = urls
        self.accounts = accounts
        self.credentials = credentials
        self.caFile = caFile
    }
}
