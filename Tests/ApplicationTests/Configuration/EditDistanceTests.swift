import Testing

@testable import Application

struct EditDistanceTests {
    @Test(arguments: [
        ("", "abc", 3), ("abc", "abc", 0), ("ABC", "abc", 0), ("abcd", "abd", 1), ("abc", "axc", 1), ("abc", "acb", 1),
        ("kitten", "sitting", 3),
    ])
    func distance_countsEdits(left: String, right: String, count: Int) {
        #expect(EditDistance.between(left, right) == count)
        #expect(EditDistance.between(right, left) == count)
    }

    @Test func suggestion_isNil_whenNothingIsNear() {
        #expect(EditDistance.suggestion(for: "quotesilence", among: ["base", "quoteSilence"]) == "quoteSilence")
        #expect(EditDistance.suggestion(for: "weather", among: ["base", "session"]) == nil)
    }
}
