import PortfolioModel
import Risk
import Testing

struct EntryGreeksTrackerTests {
    /// A call that can be held in any quantity, with or without feed Greeks.
    private struct Scene {
        var maker = BookMaker()
        let call: InstrumentID
        var tracker: EntryGreeksTracker

        init(known: [EntryGreeks] = []) {
            let share = maker.share("XYZ")
            call = maker.option("XYZ", on: "XYZ", "100", .call)
            tracker = EntryGreeksTracker(known: known)
            maker.trade(share, "100")
        }

        var key: PositionKey { PositionKey(BookMaker.account, call) }

        mutating func hold(_ quantity: String, fills: Bool = true) -> [EntryGreeks] {
            if decimal(quantity).isZero { maker.apply([.positionClosed(key)]) } else { maker.hold(call, quantity) }
            return look(fills: fills)
        }

        mutating func look(fills: Bool = true) -> [EntryGreeks] { tracker.update(with: maker.view(), fills: fills) }

        mutating func speak(delta: Double = 0.5) {
            maker.quote(call, "2.95", "3.05")
            maker.greeks(call, delta, 0.05, -0.06, 0.11)
        }

        mutating func wait(_ seconds: Int) { maker.now = maker.now.adding(.seconds(seconds)) }
    }

    @Test func entry_isCompletedOnce_whenFiguresArrive() throws {
        var scene = Scene()
        let first = try #require(scene.hold("2", fills: false).first)
        #expect(first.occasion == .firstSight)
        #expect(!first.isComplete)
        scene.wait(4)
        #expect(scene.look().isEmpty)
        scene.speak()
        let done = try #require(scene.look().first)
        #expect(done.delay == 4)
        #expect(done.delta == 0.5)
        #expect(done.mark == 3)
        #expect(done.underlyingPrice == 100)
        #expect(done.volatility == 0.2)
        #expect(done.fx == 1)
        #expect(done.source == "feed:tastytrade")
        #expect((done.opening, done.increase, done.quantity, done.remaining) == (1, 1, 2, 2))
        scene.speak(delta: 0.9)
        #expect(scene.look().isEmpty)
    }

    @Test func entry_isNotFilledWithStaleFigures() {
        var scene = Scene()
        scene.speak()
        scene.maker.apply([.feedSilent(BookMaker.feed)])
        let entries = scene.hold("2")
        #expect(entries.map(\.isComplete) == [false])
    }

    @Test func entries_areReleasedFirstInFirstOut() {
        var scene = Scene()
        scene.speak()
        _ = scene.hold("-2")
        let second = scene.hold("-5")
        #expect(second.map(\.quantity) == [-3])
        #expect(second.map(\.increase) == [2])
        #expect(second.map(\.occasion) == [.fill])
        let released = scene.hold("-1")
        #expect(released.map(\.increase) == [1, 2])
        #expect(released.map(\.remaining) == [0, -1])
        #expect(released.map(\.delta) == [0.5, 0.5])
    }

    @Test func reopening_isANewOpening() {
        var scene = Scene()
        scene.speak()
        _ = scene.hold("2")
        #expect(scene.hold("0").map(\.remaining) == [0])
        let again = scene.hold("1")
        #expect(again.map(\.opening) == [2])
        #expect(again.map(\.increase) == [1])
    }

    @Test func reversal_isANewOpening() {
        var scene = Scene()
        scene.speak()
        _ = scene.hold("2")
        let changed = scene.hold("-3")
        #expect(changed.map(\.opening) == [1, 2])
        #expect(changed.map(\.remaining) == [0, -3])
    }

    @Test func observe_seesFlatAndReopenedBetweenViews() throws {
        var scene = Scene()
        _ = scene.hold("2")
        let position = try #require(scene.maker.book.positions[scene.key])
        let now = scene.maker.now
        let closed = scene.tracker.observe(position.key, quantity: .zero, wasSeen: true, at: now)
        let opened = scene.tracker.observe(
            position.key, quantity: position.quantity, wasSeen: true, at: now)
        #expect(closed.map(\.remaining) == [0])
        #expect(opened.map(\.opening) == [2])
        #expect(opened.map(\.occasion) == [.fill])
        #expect(scene.look().isEmpty)
    }

    @Test func known_isCarriedOnAfterARestart() {
        var before = Scene()
        before.speak()
        let stored = before.hold("2")
        var after = Scene(known: stored)
        after.speak(delta: 0.7)
        #expect(after.hold("2", fills: false).isEmpty)
        let more = after.hold("3", fills: false)
        #expect(more.map(\.increase) == [2])
        #expect(more.map(\.quantity) == [1])
        #expect(more.map(\.occasion) == [.firstSight])
        #expect(more.map(\.delta) == [0.7])
    }

    @Test func entries_areKept_whileTheirAccountIsNotRead() {
        var before = Scene()
        let stored = before.hold("2")
        var tracker = EntryGreeksTracker(known: stored)
        let empty = RiskEngine.view(of: Book(base: .usd), settings: RiskSettings(), at: before.maker.now)
        #expect(tracker.update(with: empty, fills: false).isEmpty)
    }

    /// Any sequence of quantities keeps the remaining parts equal to the position.
    @Test(arguments: [7, 8, 9] as [UInt64])
    func remaining_addsUpToThePosition_overRandomChanges(seed: UInt64) throws {
        var random = RandomBook(seed: seed)
        var scene = Scene()
        var stored: [String: EntryGreeks] = [:]
        for _ in 0..<60 {
            let quantity = random.next(below: 9) - 4
            for entry in scene.hold("\(quantity)") { stored["\(entry.opening)/\(entry.increase)"] = entry }
            #expect(try FixedDecimal.sum(stored.values.map(\.remaining)) == FixedDecimal(quantity))
            #expect(stored.values.allSatisfy { $0.remaining.isZero || $0.remaining.signum == $0.quantity.signum })
        }
    }
}
