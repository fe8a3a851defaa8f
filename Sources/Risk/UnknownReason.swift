/// Why a figure cannot be had, in words for a person.
struct UnknownReason: Error, Equatable {
    var text: String

    init(_ text: String) { self.text = text }
}
