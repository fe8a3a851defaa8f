/// A failure as the error document of `--json`.
enum ErrorText {
    static func json(_ failure: CommandError, all: [CommandError] = []) -> String {
        let document = ErrorDocument(item(failure), all: all.map(item))
        return (try? DocumentEncoder().text(document)) ?? #"{"error":{"code":"unexpected","message":"not encodable"}}"#
    }

    static func item(_ failure: CommandError) -> ErrorDocument.Item {
        ErrorDocument.Item(
            code: failure.code, message: failure.message, file: failure.file, line: failure.line, field: failure.field,
            fix: failure.fix)
    }
}
