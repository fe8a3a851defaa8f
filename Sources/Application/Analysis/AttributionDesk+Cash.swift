import PortfolioModel
import PortfolioStore
import Risk

extension AttributionDesk {
    /// Cash in other currencies than the base, of each account; none of what was nothing all along.
    func cash(through end: Timestamp) throws -> [CashAttribution] {
        let last = date(end)
        var kept: [AccountID: [CalendarDate: [Balance.Key: DailyBalance]]] = [:]
        for row in try store.dailyBalances(through: last) where scope.view.accountsByID[row.key.account] != nil {
            kept[row.key.account, default: [:]][row.date, default: [:]][row.key] = row
        }
        let now = interval.through == nil ? scope.view.balances : []
        let unkept = interval.through == nil ? [] : scope.view.balances.filter { kept[$0.key.account] == nil }
        let keys = Set(kept.values.flatMap { $0.values.flatMap(\.keys) } + (now + unkept).map(\.key))
        return keys.filter { $0.currency != scope.base }.sorted().compactMap { key in
            var readings = (kept[key.account] ?? [:]).sorted { $0.key < $1.key }
                .map { (date: $0.key, reading: reading(key, $0.key, $0.value)) }
            let first = interval.from.map(date).map { from in readings.lastIndex { $0.date <= from } }
            if let first { readings = first.map { Array(readings[$0...]) } ?? [] }
            if interval.through == nil {
                // What is kept of today is of a moment before this one.
                readings.append((last, presentReading(key, now)))
            }
            if readings.isEmpty, unkept.contains(where: { $0.key == key && !$0.cash.isZero }) {
                return CashAttribution(key, unknown: "no balance was kept until \(end)")
            }
            if readings.allSatisfy(\.reading.cash.isZero) { return nil }
            if first == .some(nil) { return CashAttribution(key, unknown: "no balance was kept at the beginning") }
            return CashAttribution(key, readings.map(\.reading))
        }
    }

    /// The calendar's date that an end of one is of.
    private func date(_ end: Timestamp) -> CalendarDate { calendar.zone.date(of: end.adding(.seconds(-1))) }

    /// One that an account did not state beside its others is zero.
    private func reading(
        _ key: Balance.Key, _ date: CalendarDate, _ rows: [Balance.Key: DailyBalance]
    ) -> CashAttribution.Reading {
        let row = rows[key]
        let at = row?.at ?? rows.values.map(\.at).max() ?? scope.view.at
        let fx = row?.fx ?? scope.past.rates.rate(from: key.currency, to: scope.base, on: date).value
        return CashAttribution.Reading(at: at, cash: row?.cash ?? .zero, fx: fx)
    }

    private func presentReading(_ key: Balance.Key, _ balances: [Balance]) -> CashAttribution.Reading {
        CashAttribution.Reading(
            at: scope.view.at, cash: balances.first { $0.key == key }?.cash ?? .zero,
            fx: scope.view.fx.rate(from: key.currency, to: scope.base).value)
    }
}
