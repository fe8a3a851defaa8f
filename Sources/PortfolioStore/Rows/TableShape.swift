/// One table's columns, and the statements that follow from them.
struct TableShape: Sendable {
    let name: String
    /// Columns in the order of a row's values; the key's come first.
    let columns: [String]
    /// Inserts a row, or changes it where a value differs; an unchanged row is not written.
    let upsert: String
    /// Inserts a row unless its key is there.
    let insertIfAbsent: String
    let select: String

    init(_ name: String, key: [String], values: [String]) {
        self.name = name
        columns = key + values
        let marks = columns.map { _ in "?" }.joined(separator: ", ")
        let insert = "INSERT INTO \(name)(\(columns.joined(separator: ", "))) VALUES (\(marks))"
        let conflict = "ON CONFLICT(\(key.joined(separator: ", "))) DO"
        let changes = values.map { "\($0) = excluded.\($0)" }.joined(separator: ", ")
        let difference = values.map { "\(name).\($0) IS NOT excluded.\($0)" }.joined(separator: " OR ")
        upsert = "\(insert) \(conflict) UPDATE SET \(changes) WHERE \(difference)"
        insertIfAbsent = "\(insert) \(conflict) NOTHING"
        select = "SELECT \(columns.joined(separator: ", ")) FROM \(name)"
    }
}
