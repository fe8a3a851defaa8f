import GRDB
package import PortfolioModel

extension PortfolioStore {
    /// Keeps valuation edges; one that is there stays as it was first written. Their events are not stored: they are
    /// the account history's.
    package func saveEdges(_ edges: [ValuationEdge]) throws(StoreError) {
        if edges.isEmpty { return }
        try write { db in
            let writer = RowWriter(db)
            for edge in edges { try writer.insertIfAbsent(edge) }
        }
    }

    /// Edges of one position, or of all, from an instant through another, by position and time. Each carries what the
    /// account history says happened after the position's previous edge (also one before `start`) and up to it; the
    /// first edge of a position has no events.
    package func edges(
        of position: PositionKey? = nil, from start: Timestamp, through end: Timestamp
    ) throws(StoreError) -> [ValuationEdge] {
        try read { db in
            var condition = "WHERE at BETWEEN ? AND ?"
            var arguments: [any StoredValue] = [start, end]
            if let position {
                condition += " AND account = ? AND instrument = ?"
                arguments += [position.account, position.instrument]
            }
            let found = try ValuationEdge.fetch(db, "\(condition) ORDER BY account, instrument, at, kind", arguments)
            return try Dictionary(grouping: found, by: \.position).sorted { $0.key < $1.key }
                .flatMap { try Self.withEvents($0.value, of: $0.key, db) }
        }
    }

    /// When the last edge of a kind was kept of each instrument that has one.
    package func lastEdges(_ kind: ValuationEdge.Kind) throws(StoreError) -> [InstrumentID: Timestamp] {
        try read { db in
            let rows = try Row.fetchAll(
                db, sql: "SELECT instrument, max(at) AS at FROM valuation_edge WHERE kind = ? GROUP BY instrument",
                arguments: [kind.rawValue])
            var result: [InstrumentID: Timestamp] = [:]
            for row in rows {
                let reader = RowReader(row, of: "valuation_edge")
                result[try reader.instrument()] = try reader.time("at")
            }
            return result
        }
    }

    private static func withEvents(
        _ edges: [ValuationEdge], of position: PositionKey, _ db: Database
    ) throws -> [ValuationEdge] {
        guard let first = edges.first, let last = edges.last else { return [] }
        let earlier = try Int64.fetchOne(
            db, sql: "SELECT max(at) FROM valuation_edge WHERE account = ? AND instrument = ? AND at < ?",
            arguments: [position.account.text, position.instrument.raw, first.at.microseconds])
        let start = earlier.map { Timestamp(microseconds: $0) } ?? first.at
        var rest = try Transaction.fetch(
            db, "WHERE account = ? AND instrument = ? AND executed_at > ? AND executed_at <= ? ORDER BY executed_at",
            [position.account, position.instrument, start, last.at])[...]
        let instrument = try Instrument.fetch(db, "WHERE id = ?", [position.instrument]).first
        return try edges.map { edge in
            var edge = edge
            while let row = rest.first, row.executedAt <= edge.at {
                try edge.events.add(row, of: instrument)
                rest = rest.dropFirst()
            }
            return edge
        }
    }
}

extension EdgeEvents {
    /// Adds a row of the account's history: one with a quantity is a trade, one without is income.
    fileprivate mutating func add(_ row: Transaction, of instrument: Instrument?) throws {
        let cash = try row.netCash - row.fees
        fees = try fees - row.fees
        guard let quantity = row.quantity, !quantity.isZero else {
            income = try income + cash
            return
        }
        tradedQuantity = try tradedQuantity + quantity
        guard let instrument, instrument.kind == .future else {
            tradeCash = try tradeCash + cash
            return
        }
        // An expiry's row says 0, which is no price of a future.
        guard let price = row.price, !price.isZero else {
            unpricedQuantity = try unpricedQuantity + quantity
            return
        }
        tradeCash = try tradeCash - quantity.multiplied(by: instrument.multiplier).multiplied(by: price)
    }
}

// MARK: - Results

extension PortfolioStore {
    /// Keeps a result; results are never changed.
    package func saveRiskResult(_ result: StoredRiskResult) throws(StoreError) {
        try write { db in
            try db.execute(
                sql: "INSERT INTO risk_result(kind, parameters, result, sequence, at) VALUES (?, ?, ?, ?, ?)",
                arguments: [
                    result.kind, result.parameters, result.json, Int64(result.sequence), result.at.microseconds,
                ])
        }
    }

    /// Results of a kind from an instant through another, newest first; of any parameters when `parameters` is nil.
    package func riskResults(
        _ kind: String, parameters: String? = nil, from start: Timestamp = Timestamp(microseconds: 0),
        through end: Timestamp, limit: Int = 1000
    ) throws(StoreError) -> [StoredRiskResult] {
        try read { db in
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT kind, parameters, result, sequence, at FROM risk_result
                    WHERE kind = ?1 AND at BETWEEN ?2 AND ?3 AND (?4 IS NULL OR parameters = ?4)
                    ORDER BY at DESC, id DESC LIMIT ?5
                    """,
                arguments: [kind, start.microseconds, end.microseconds, parameters, limit])
            return try rows.map { row in
                let reader = RowReader(row, of: "risk_result")
                return StoredRiskResult(
                    kind: try reader.text("kind"), parameters: try reader.text("parameters"),
                    json: try reader.text("result"), sequence: UInt64(try reader.integer("sequence")),
                    at: try reader.time("at"))
            }
        }
    }
}
