import Foundation
import PortfolioModel
import Risk
import Testing

@testable import Application

/// The keys that other programs rely on. A key may be added, with a line here; none is renamed or left out.
struct DocumentContractTests {
    private func status() throws -> Data {
        let view = try ViewFixture.portfolio()
        return try DocumentEncoder().data(
            StatusDocument(view: view, service: ServiceFixture.service, options: DocumentOptions()))
    }

    private func positions() throws -> Data {
        let view = try ViewFixture.portfolio()
        return try DocumentEncoder().data(
            PositionsDocument(view: view, service: ServiceFixture.service, options: DocumentOptions()))
    }

    static let figure = "value state asOf source reason"
    static let moneyFigure = "amount currency state asOf source reason"
    static let total = "amount currency state asOf source reason known missing"

    @Test(arguments: [
        ("", "schema sequence asOf service brokers book totals accounts underlyings expiring alarms"),
        ("service", "version startedAt environment"),
        ("brokers[]", "broker state since lastGoodAt message accounts streams"),
        ("brokers[].accounts[]", "id number asOf state"),
        ("brokers[].streams[]", "name subscribed receiving lastEventAt"),
        ("book", "positions confirmed stale unknown"),
        (
            "totals",
            """
            base netLiq cash marketValue notional dayPnL unrealizedPnL realizedPnLToday dollarDelta dollarGamma1pct \
            theta vega betaWeightedDelta betaWeightedReason covered coveredReason missing greeksState knownGreeks
            """
        ),
        ("totals.netLiq", total),
        (
            "accounts[]",
            """
            id netLiq brokerNetLiq buyingPower marginUsedPct dayPnL asOf broker number name taxStatus currency state \
            cash marketValue unrealizedPnL buyingPowerUsed moneyGreeks
            """
        ),
        ("accounts[].brokerNetLiq", moneyFigure), ("accounts[].marginUsedPct", figure),
        ("underlyings[]", "symbol members delta gamma theta vega dollarDelta dayPnL price state missing"),
        (
            "expiring[]",
            """
            account instrument group quantity dte mark underlyingPrice extrinsicValue moneyness unrealizedPnL state
            """
        ),
    ])
    func status_hasTheKeysOfTheContract(path: String, keys: String) throws {
        #expect(try JSONKeys.children(of: path, in: status()) == Set(keys.split(separator: " ").map(String.init)))
    }

    @Test(arguments: [
        ("", "schema sequence asOf base positions"),
        (
            "positions[]",
            """
            account instrument group quantity averageOpenPrice costBasis basis mark brokerMark underlyingPrice iv dte \
            marketValue unrealizedPnL dayPnL dayFX unitGreeks modelInputs positionGreeks state asOf extrinsicValue \
            moneyness notional moneyGreeks
            """
        ),
        ("positions[].account", "id broker number"),
        (
            "positions[].instrument",
            """
            id kind symbol osi isin underlying expiry strike right exerciseStyle settlement multiplier deliverable \
            lotSize currency
            """
        ),
        ("positions[].basis", "includesFees source"), ("positions[].costBasis", "amount currency"),
        ("positions[].mark", "value rule bid ask state asOf source reason"), ("positions[].brokerMark", figure),
        ("positions[].underlyingPrice", "value state asOf source"), ("positions[].iv", figure),
        ("positions[].marketValue", "native account base"), ("positions[].marketValue.base", moneyFigure),
        ("positions[].unitGreeks", "delta gamma theta vega rho state asOf source reason"),
        ("positions[].positionGreeks", "delta gamma theta vega rho dollarDelta state"),
    ])
    func positions_hasTheKeysOfTheContract(path: String, keys: String) throws {
        #expect(try JSONKeys.children(of: path, in: positions()) == Set(keys.split(separator: " ").map(String.init)))
    }

    /// Each row by itself: a key that is null in one must not be absent there because another has it.
    @Test(arguments: [
        ("", "schema sequence asOf transactions"),
        (
            "transactions[]",
            """
            account id orderId type subtype description instrument quantity price netCash fees executedAt tradeDate \
            receivedAt
            """
        ),
    ])
    func transactions_hasTheKeysOfTheContract(path: String, keys: String) throws {
        let document = DocumentFixture.transactions(DocumentOptions())
        #expect(document.transactions.map(\.orderId) == [nil, "268899"])
        let data = try DocumentEncoder().data(document)
        #expect(try JSONKeys.children(of: path, in: data) == Set(keys.split(separator: " ").map(String.init)))
    }

    @Test func rows_haveTheSameKeysEach_exceptTheReasonOfUnknownFigures() throws {
        let object = try JSONSerialization.jsonObject(with: positions()) as? [String: Any]
        let rows = try #require(object?["positions"] as? [[String: Any]])
        let keys = try rows.map { row in
            try JSONKeys.paths(JSONSerialization.data(withJSONObject: row)).filter {
                !$0.hasSuffix("reason") && !$0.hasPrefix("instrument.deliverable[") && !$0.hasPrefix("costBasis.")
                    && !$0.hasPrefix("notional.")
            }
        }
        #expect(rows.count == 5)
        #expect(Set(keys).count == 1)
    }

    @Test func error_hasTheKeysOfTheContract_withNullsForWhatIsNotThere() throws {
        let item = ErrorDocument.Item(
            code: "unknown-key", message: "there is no key `bas`", file: nil, line: nil, field: nil, fix: nil)
        let text = try DocumentEncoder.text(ErrorDocument(item))
        #expect(
            text == #"{"error":{"code":"unknown-key","field":null,"file":null,"fix":null,"line":null,"#
                + #""message":"there is no key `bas`"}}"#)
    }
}
