import ArgumentParser

/// Options that every command takes.
struct GlobalOptions: ParsableArguments {
    @Option(name: .long, help: "Configuration file (default: $XDG_CONFIG_HOME/tributary/config.yaml).")
    var config: String?

    @Flag(name: .long, help: "Use the sandbox profile: its own configuration, database and socket.")
    var sandbox = false

    @Flag(name: .long, help: "Print JSON documents instead of tables.")
    var json = false

    @Flag(name: .long, help: "Print tables as tab-separated values without colours.")
    var plain = false

    @Flag(name: .long, help: "No colours (also by the environment variable NO_COLOR).")
    var noColor = false

    @Flag(name: .long, help: "Show account numbers whole instead of their last four characters.")
    var unmask = false

    @Flag(name: .long, help: "No messages on stderr except errors.")
    var quiet = false
}
