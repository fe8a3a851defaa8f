package import BrokerKit
package import PortfolioModel

/// Fetches a file of reference rates. Throws `BrokerError`, retryable unless the file itself is no good.
package struct ECBDownload: Sendable {
    private let http: any HTTPClient
    private let url: String

    package init(url: String, http: any HTTPClient) {
        self.url = url
        self.http = http
    }

    /// `today` refuses dates that have not come.
    package func fetch(today: CalendarDate) async throws -> ECBRates {
        let response: HTTPResponse
        do {
            response = try await http.send(
                HTTPRequest(.get, url, headers: [HTTPHeader("Accept", "text/xml, text/csv")]))
        } catch let error as TransportError {
            throw BrokerError(.retryable, code: "rates-unreachable", "the rates' server: \(error.message)")
        }
        guard response.status == 200 else {
            throw BrokerError(
                .retryable, code: "rates-refused", "the rates' server answered \(response.status)",
                status: response.status)
        }
        do {
            return try ECBRates(reading: response.body, today: today)
        } catch {
            let place = error.line.map { "line \($0): " } ?? ""
            throw BrokerError(.retryable, code: error.code, "the file of rates: \(place)\(error.message)")
        }
    }
}
