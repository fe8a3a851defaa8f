import BrokerKit
import PortfolioModel

/// `POST /oauth/token`, refresh grant. The answer has no envelope, and its errors come in three shapes.
enum OAuth {
    /// A granted token. `refreshToken` is there when the venue rotated it.
    struct Grant: Sendable {
        var accessToken: SecretString
        var lifetime: Duration
        var refreshToken: SecretString?
    }

    enum Answer: Sendable {
        case granted(Grant)
        /// The grant itself is refused: logging in again will not help until a person mends it.
        case refused(String)
        /// Nothing was decided: gateway trouble, throttling.
        case failed(status: Int, String)
    }

    static func body(refreshToken: SecretString, clientSecret: SecretString) -> [UInt8] {
        Array(
            JSONText.object([
                "grant_type": "refresh_token", "refresh_token": refreshToken.reveal(),
                "client_secret": clientSecret.reveal(),
            ]).utf8)
    }

    static func answer(_ response: HTTPResponse) -> Answer {
        let object = (try? JSONParser.parse(response.body))?.object
        switch response.status {
        case 200, 201:
            guard let object, let grant = try? grant(WireObject(object, place: "oauth token")) else {
                return .failed(status: response.status, "the token answer could not be read")
            }
            return .granted(grant)
        case 400, 401, 403:
            guard let object else {
                return .failed(status: response.status, "the login was answered \(response.status) without a reason")
            }
            return .refused(refusal(object))
        default:
            return .failed(status: response.status, "the login was answered \(response.status)")
        }
    }

    private static func grant(_ object: WireObject) throws(WireError) -> Grant {
        let token = try object.requiredText("access_token")
        let seconds = try object.integer("expires_in") ?? 900
        guard (1...86_400).contains(seconds) else { throw object.failure("expires_in", "not within a day") }
        let rotated = try object.text("refresh_token").flatMap { $0.isEmpty ? nil : SecretString($0) }
        return Grant(accessToken: SecretString(token), lifetime: .seconds(seconds), refreshToken: rotated)
    }

    /// The venue's words in any of the shapes `error_code`, `error` as text, `error` as an object.
    private static func refusal(_ object: JSONObject) -> String {
        let code = object["error_code"]?.string ?? object["error"]?.string ?? object["error"]?.object?["code"]?.string
        let text = object["error_description"]?.string ?? object["error"]?.object?["message"]?.string
        return [code ?? "refused", text].compactMap(\.self).map { String($0.prefix(120)) }.joined(separator: ": ")
    }
}
