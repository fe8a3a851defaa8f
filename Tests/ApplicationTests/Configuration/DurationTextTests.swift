import Testing

@testable import Application

struct DurationTextTests {
    @Test(arguments: [
        ("250ms", Duration.milliseconds(250), "250ms"), ("30s", .seconds(30), "30s"), ("60s", .seconds(60), "1m"),
        ("15m", .seconds(900), "15m"), ("2h", .seconds(7200), "2h"), ("1d", .seconds(86_400), "1d"),
        ("0s", .zero, "0s"), ("1000ms", .seconds(1), "1s"),
    ])
    func text_readsAndShows(text: String, duration: Duration, shown: String) {
        #expect(DurationText.parse(text) == duration)
        #expect(DurationText.show(duration) == shown)
    }

    @Test(arguments: ["", "5", "s", "-5s", "1.5h", "5 s", "5min", "99999999999999999999s", "٣s"])
    func text_isRefused(text: String) { #expect(DurationText.parse(text) == nil) }
}
