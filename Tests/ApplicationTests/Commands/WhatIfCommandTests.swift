import ArgumentParser
import Testing

@testable import Application

struct WhatIfCommandTests {
    @Test func legs_areReadAsTheyStand_alsoThoseToBeSold() throws {
        let command = try WhatIfCommand.parse(["+100 IWM", "-1 SPX 2026-12-04 6000 C", "--json", "-2 SPY"])
        #expect(command.legs == ["+100 IWM", "-1 SPX 2026-12-04 6000 C", "-2 SPY"])
        #expect(command.options.json)
    }

    @Test func legs_mayFollowTwoDashes() throws {
        let command = try WhatIfCommand.parse(["--json", "--", "-2 SPY", "+1 IWM"])
        #expect(command.legs == ["-2 SPY", "+1 IWM"] && command.options.json)
    }

    @Test func noLeg_isRefused() {
        #expect(throws: (any Error).self) { try WhatIfCommand.parse(["--json"]) }
        #expect(throws: (any Error).self) { try WhatIfCommand.parse(["--"]) }
    }
}
