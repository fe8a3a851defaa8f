/// One table of an answer with its title.
struct TableSection: Sendable, Equatable {
    var title: String?
    var table: TextTable
    /// Said when there are no rows; nil leaves the section out then.
    var whenEmpty: String?
    /// Rows at most where the answer has to fit a screen.
    var screenLimit: Int?

    init(_ title: String? = nil, _ table: TextTable, whenEmpty: String? = nil, screenLimit: Int? = nil) {
        self.title = title
        self.table = table
        self.whenEmpty = whenEmpty
        self.screenLimit = screenLimit
    }
}

/// What a person reads of a document: lines before the tables, the tables, lines after them.
struct TextReport: Sendable, Equatable {
    var opening: [Cell] = []
    var sections: [TableSection]
    var closing: [Cell] = []
    /// Meant to be seen at a glance: gives up details rather than scroll.
    var fitsScreen = false
}
