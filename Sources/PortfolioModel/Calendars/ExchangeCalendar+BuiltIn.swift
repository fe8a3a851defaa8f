extension ExchangeCalendar {
    /// NYSE and Nasdaq regular sessions.
    package static let newYork = builtIn(PackageResources.xnys_txt)
    /// CME Globex sessions.
    package static let chicago = builtIn(PackageResources.cmes_txt)
    /// NSE and BSE regular sessions.
    package static let mumbai = builtIn(PackageResources.xbom_txt)
    /// MCX's hours; it knows of no holidays before an operator's file is added.
    package static let multiCommodity = builtIn(PackageResources.mcx_txt)

    private static func builtIn(_ data: [UInt8]) -> ExchangeCalendar {
        do { return try ExchangeCalendar(parsing: String(decoding: data, as: UTF8.self)) } catch {
            // Safety: the data is compiled in and read by a test; a build with broken data cannot be released.
            preconditionFailure("built-in calendar: \(error)")
        }
    }
}
