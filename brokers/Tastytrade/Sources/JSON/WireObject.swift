import PortfolioModel

/// A field that could not be read: where it stands and why. Carries no value of a credential or an account.
struct WireError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The record, such as `position AAPL`.
    var place: String
    var field: String
    var reason: String

    var description: String { "\(place), field \(field): \(reason)" }
}

/// Lenient reads of one wire object: numbers come as strings or numbers, missing values as absent keys, nulls or "NaN".
/// Lenient means kinds, never content: text that is no number throws.
struct WireObject {
    let object: JSONObject
    var place: String

    init(_ object: JSONObject, place: String) {
        self.object = object
        self.place = place
    }

    init(_ value: JSONValue?, place: String) throws(WireError) {
        guard let object = value?.object else {
            throw WireError(
                place: place, field: "-", reason: "expected an object, found \(value?.kindName ?? "nothing")")
        }
        self.init(object, place: place)
    }

    func failure(_ field: String, _ reason: String) -> WireError {
        WireError(place: place, field: field, reason: reason)
    }

    private func value(_ field: String) -> JSONValue? {
        guard let value = object[field], value != .null else { return nil }
        return value
    }

    /// Text, or a number's own text; nil when absent.
    func text(_ field: String) throws(WireError) -> String? {
        switch value(field) {
        case nil: return nil
        case .string(let text), .number(let text): return text
        case .bool(let flag): return flag ? "true" : "false"
        case let other?: throw failure(field, "expected text, found \(other.kindName)")
        }
    }

    func requiredText(_ field: String) throws(WireError) -> String {
        guard let text = try text(field), !text.isEmpty else { throw failure(field, "missing") }
        return text
    }

    /// An exact decimal; nil when absent, empty, or one of the words for "no number". Digits beyond the eighth place
    /// are rounded half to even.
    func decimal(_ field: String) throws(WireError) -> FixedDecimal? {
        guard let text = try text(field), !text.isEmpty else { return nil }
        if ["NaN", "Infinity", "-Infinity"].contains(text) { return nil }
        do { return try FixedDecimal(text, rounding: .halfEven) } catch {
            throw failure(field, "\"\(text.prefix(24))\" is not a decimal number")
        }
    }

    func requiredDecimal(_ field: String) throws(WireError) -> FixedDecimal {
        guard let value = try decimal(field) else { throw failure(field, "missing") }
        return value
    }

    /// A magnitude with its sign in the sibling `<field>-effect`: Credit adds, Debit takes. Without a known effect a
    /// value other than zero has no sign, and throws.
    func signedDecimal(_ field: String) throws(WireError) -> FixedDecimal? {
        guard let value = try decimal(field) else { return nil }
        switch try text("\(field)-effect") {
        case "Credit": return value
        case "Debit": return -value
        case "None", nil:
            if value.isZero { return .zero }
            throw failure("\(field)-effect", "the amount is not zero and has no effect")
        case let other?: throw failure("\(field)-effect", "\"\(other.prefix(24))\" is neither Credit, Debit nor None")
        }
    }

    func integer(_ field: String) throws(WireError) -> Int? {
        guard let value = try decimal(field) else { return nil }
        guard value.isWhole, let whole = Int(exactly: value.raw / FixedDecimal.unitsPerOne) else {
            throw failure(field, "not a whole number")
        }
        return whole
    }

    func flag(_ field: String) throws(WireError) -> Bool? {
        switch value(field) {
        case nil: return nil
        case .bool(let flag): return flag
        case .string("true"): return true
        case .string("false"): return false
        case let other?: throw failure(field, "expected a boolean, found \(other.kindName)")
        }
    }

    func date(_ field: String) throws(WireError) -> CalendarDate? {
        guard let text = try text(field), !text.isEmpty else { return nil }
        guard let date = CalendarDate(text) else { throw failure(field, "\"\(text.prefix(24))\" is not a date") }
        return date
    }

    /// ISO 8601 text, or epoch milliseconds as a number; zero milliseconds are "not stated".
    func timestamp(_ field: String) throws(WireError) -> Timestamp? {
        if case .number? = value(field) {
            guard let milliseconds = try integer(field), milliseconds != 0 else { return nil }
            guard (0...4_102_444_800_000).contains(milliseconds) else { throw failure(field, "not a time") }
            return Timestamp(milliseconds: Int64(milliseconds))
        }
        guard let text = try text(field), !text.isEmpty else { return nil }
        guard let time = Timestamp(text) else { throw failure(field, "\"\(text.prefix(32))\" is not a time") }
        return time
    }

    func array(_ field: String) throws(WireError) -> [JSONValue] {
        guard let value = value(field) else { return [] }
        guard let array = value.array else { throw failure(field, "expected an array, found \(value.kindName)") }
        return array
    }
}
