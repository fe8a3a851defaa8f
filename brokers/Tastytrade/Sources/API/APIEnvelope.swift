import BrokerKit

/// `{"data": …, "pagination": …}` around every answer but the token's, and the `{"error": …}` of refusals.
struct APIEnvelope: Sendable {
    var data: JSONValue
    /// Zero-based page and the number of pages, where the answer is one of several.
    var page: (offset: Int, total: Int)?

    init(_ body: [UInt8], place: String) throws(BrokerError) {
        do {
            let root = try JSONParser.parse(body)
            guard let object = root.object, let data = object["data"] else {
                throw WireError(place: place, field: "data", reason: "missing")
            }
            self.data = data
            if let pagination = object["pagination"]?.object {
                let wire = WireObject(pagination, place: "\(place) pagination")
                if let offset = try wire.integer("page-offset"), let total = try wire.integer("total-pages") {
                    page = (offset, total)
                }
            }
        } catch {
            throw Self.unreadable(place, error)
        }
    }

    static func unreadable(_ place: String, _ error: any Error) -> BrokerError {
        BrokerError(.retryable, code: "unreadable-answer", "the answer of \(place) could not be read: \(error)")
    }

    /// `data.items`, or `data` itself where it is one object or an array.
    var items: [JSONValue] {
        if let items = data.object?["items"]?.array { return items }
        if let array = data.array { return array }
        return data == .null ? [] : [data]
    }

    /// The venue's code and message of a refusal; nil for bodies without one, such as a gateway's HTML.
    static func refusal(_ body: [UInt8]) -> String? {
        guard let error = (try? JSONParser.parse(body))?.object?["error"]?.object else { return nil }
        let wire = WireObject(error, place: "error")
        let parts = [try? wire.text("code"), try? wire.text("message")].compactMap(\.self)
        return parts.isEmpty ? nil : parts.map { String($0.prefix(160)) }.joined(separator: ": ")
    }
}
