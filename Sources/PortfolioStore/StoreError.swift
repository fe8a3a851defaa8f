import GRDB

/// Why the store refused or failed. A throw never means that nothing was written: every write may be offered again.
package struct StoreError: Error, Sendable, Equatable, CustomStringConvertible {
    package enum Code: String, Sendable, CaseIterable {
        /// Another process holds the store.
        case locked
        /// The file is damaged, or figures in it were altered.
        case corrupt
        /// The write or the file breaks a rule: a sequence gap, a frozen row, a foreign file.
        case refused
        /// Others may read or write the file or its folder.
        case open
        /// No space left.
        case full
        case ioError
        /// Written by a newer version of the program.
        case newerSchema
        /// Sandbox figures where production ones were expected, or the other way round.
        case wrongStamp
        /// There is no database yet for a reader.
        case missing
        /// No database where there was one.
        case lost
    }

    package var code: Code
    package var message: String
    /// The database file.
    package var path: String
    /// What a person can do.
    package var fix: String

    package init(_ code: Code, _ message: String, path: String = "", fix: String = "") {
        self.code = code
        self.message = message
        self.path = path
        self.fix = fix
    }

    package var description: String {
        let place = path.isEmpty ? "" : " [\(path)]"
        return "store \(code.rawValue): \(message)\(place)\(fix.isEmpty ? "" : "; \(fix)")"
    }

    /// Exit status of a program that stops for it (sysexits.h).
    package var exitStatus: Int32 {
        switch code {
        case .locked: 75
        case .corrupt: 65
        case .refused, .newerSchema, .wrongStamp: 78
        case .open: 77
        case .full, .ioError: 74
        case .missing, .lost: 66
        }
    }

    /// Whether offering the same write again later may help.
    package var isRetryable: Bool { code == .locked || code == .full || code == .ioError }
}

extension StoreError {
    /// Classifies what a piece of work inside the database threw.
    init(_ error: any Error, path: String) {
        switch error {
        case var error as StoreError:
            if error.path.isEmpty { error.path = path }
            self = error
        case let error as DatabaseError:
            self.init(error, path: path)
        default:
            self.init(.ioError, "\(error)", path: path)
        }
    }

    /// SQLite's words without the statement's arguments, which may be figures.
    private init(_ error: DatabaseError, path: String) {
        let words = "\(error.message ?? "no message") (SQLite \(error.extendedResultCode.rawValue))"
        switch error.resultCode {
        case .SQLITE_FULL:
            self.init(.full, words, path: path, fix: "free some space; writing goes on by itself")
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            self.init(.locked, words, path: path, fix: "stop the other program that writes this file")
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            self.init(.corrupt, words, path: path, fix: "restore the latest backup")
        case .SQLITE_CONSTRAINT, .SQLITE_MISMATCH, .SQLITE_TOOBIG, .SQLITE_ERROR:
            self.init(.refused, words, path: path)
        case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_CANTOPEN:
            self.init(.ioError, words, path: path, fix: "check the file's owner, mode and file system")
        default:
            self.init(.ioError, words, path: path)
        }
    }
}
