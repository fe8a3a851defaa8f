import ArgumentParser

/// `tributary config`
struct ConfigCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Check and show the configuration.",
        subcommands: [ConfigCheckCommand.self, ConfigShowCommand.self])
}

/// `tributary config check`
struct ConfigCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Read the configuration and report every error at once; exits 78 when there is one.")

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let profile = try Profile(options)
        let loaded = try profile.load()
        Console.output(try ConfigurationReport.check(loaded, path: profile.configurationPath, json: options.json))
    }
}

/// `tributary config show`
struct ConfigShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Print every key in force, defaults too; secrets as references. With --unmask it loads again.")

    @OptionGroup var options: GlobalOptions

    @Flag(name: .long, help: "Say where each value comes from.")
    var effective = false

    func run() async throws {
        let profile = try Profile(options)
        let loaded = try profile.load()
        Console.output(
            try ConfigurationReport.show(
                loaded, effective: effective, json: options.json, unmask: options.unmask))
    }
}
