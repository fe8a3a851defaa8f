import Foundation

/// One past day of an underlying.
package struct DailyBar: Sendable, Hashable {
    package var date: MarketDate
    package var open: SandboxAmount
    package var high: SandboxAmount
    package var low: SandboxAmount
    package var close: SandboxAmount
    package var volume: Int
}

extension MarketModel {
    /// Sessions of the past that there are prices of.
    package static let historyDays = 500

    /// The sessions before today, oldest first, ending at yesterday's close as quotes show it; then today's so far. Nil
    /// for options. A day's return depends on the seed and the date alone, so that histories of one seed agree on every
    /// day they share, whichever day they end on.
    package func history(of instrument: Int) -> [DailyBar]? {
        guard specs.indices.contains(instrument) else { return nil }
        let tick = instruments[instrument].tick(at: .zero)
        func rounded(_ price: Double) -> SandboxAmount { SandboxAmount(rounding: price).rounded(toTick: tick) }
        var bars: [DailyBar] = []
        var close = spots[instrument].previousClose
        var day = date.previousSession
        for _ in 0..<Self.historyDays {
            let before = close / exp(dailyReturn(of: instrument, on: day))
            var own = generator(of: day, specs[instrument].name + " day")
            let open = before * exp((close / before - 1) * own.uniform())
            let reach = specs[instrument].volatility * 0.02 * own.uniform()
            bars.append(
                DailyBar(
                    date: day, open: rounded(open), high: rounded(max(open, close) * (1 + reach)),
                    low: rounded(min(open, close) * (1 - reach)), close: rounded(close),
                    volume: 40_000_000 + Int(own.uniform() * 60_000_000)))
            close = before
            day = day.previousSession
        }
        bars.reverse()
        let now = spots[instrument]
        bars.append(
            DailyBar(
                date: date, open: rounded(now.open), high: rounded(now.high), low: rounded(now.low),
                close: rounded(now.price), volume: 1_000_000 + steps * (100 + instrument)))
        return bars
    }

    /// Logarithm of a day's close over the one before: the common factor and the underlying's own, as in the live walk.
    private func dailyReturn(of instrument: Int, on day: MarketDate) -> Double {
        var spec = specs[instrument]
        // What follows another has the other's returns.
        if case .ratio(let leader, _) = spec.follow, let found = specs.first(where: { $0.name == leader }) {
            spec = found
        }
        var common = generator(of: day, "common")
        var own = generator(of: day, spec.name)
        let shock = spec.common * common.normal() + (1 - spec.common * spec.common).squareRoot() * own.normal()
        guard spec.common > 0 else { return 0 }
        let scale = spec.volatility / 252.0.squareRoot()
        return scale * shock + 0.0003 - scale * scale / 2
    }

    /// FNV-1a of the words, with seed and day.
    private func generator(of day: MarketDate, _ words: String) -> SplitMix64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in words.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        return SplitMix64(seed: hash ^ seed &* 0x9E37_79B9_7F4A_7C15 ^ UInt64(bitPattern: Int64(day.dayNumber)) << 20)
    }

    /// The last dividend of a share or fund that pays some, a quarter of its yield on the third Friday of a quarter's
    /// last month; nil for others, and at the frozen book.
    package func lastDividend(of instrument: Int) -> (date: MarketDate, amount: Double)? {
        guard case .equity = instruments[instrument].kind, fixed.isEmpty, specs[instrument].dividendYield > 0 else {
            return nil
        }
        var (year, month, _) = date.parts
        while month % 3 != 0 || MarketDate.thirdFriday(year: year, month: month) > date {
            month -= 1
            if month == 0 { (year, month) = (year - 1, 12) }
        }
        let amount = specs[instrument].base * specs[instrument].dividendYield / 4
        return (MarketDate.thirdFriday(year: year, month: month), (amount * 100).rounded() / 100)
    }
}
