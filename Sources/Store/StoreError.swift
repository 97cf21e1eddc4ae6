import CSQLite
import Glibc

/// A database error: a code to decide by, SQLite's message, and the statement without its bound values.
public struct StoreError: Error, Sendable, CustomStringConvertible {
  public enum Code: Sendable, Hashable {
    case constraintUnique
    case constraintForeignKey
    /// CHECK, NOT NULL, a trigger's RAISE, a STRICT column's type.
    case constraint
    /// Another connection outside this process held its lock for longer than the busy timeout.
    case busy
    /// The disk is full; the write was undone.
    case full
    case corrupt
    /// The database was closed.
    case closed
    /// The queue of reads or writes is full.
    case overloaded
    /// The caller's mistake: a write while reading, a wrong number of arguments, an unknown column.
    case misuse
    /// Another process has this database open; its process id, or 0 when unknown.
    case locked(Int32)
    /// The database was written by a newer version of the program.
    case newer
    /// SQLite's primary result code.
    case other(Int32)
  }

  public let code: Code
  public let message: String
  public let sql: String?

  public init(_ code: Code, _ message: String, sql: String? = nil) {
    self.code = code
    self.message = message
    self.sql = sql
  }

  public var description: String {
    "\(code): \(message)" + (sql.map { " in: \($0)" } ?? "")
  }

  /// Whether another process has the database open.
  public var isLocked: Bool {
    if case .locked = code { true } else { false }
  }

  /// The columns named by a constraint violation: `users.email`, or `a.x, a.y`; nil when SQLite names none.
  public var constraint: String? {
    switch code {
    case .constraintUnique, .constraint:
      guard let colon = message.firstIndex(of: ":") else { return nil }
      return String(message[message.index(after: colon)...].drop { $0 == " " })
    default: return nil
    }
  }
}

extension StoreError {
  /// The current error of `database`; must be read before any other call on that connection.
  init(of database: OpaquePointer?, sql: String? = nil, whileStepping: Bool = false) {
    let extended = sqlite3_extended_errcode(database)
    var message = sqlite3_errmsg(database).map { String(cString: $0) } ?? "unknown error"
    // The generic error of a running statement can quote a bound value (`fts5: syntax error near "…"`), so
    // the quotation is removed.
    if whileStepping, extended == SQLITE_ERROR { message = StoreError.withoutQuotation(message) }
    self.init(StoreError.code(extended, sqlite3_system_errno(database)), message, sql: sql)
  }

  private static func withoutQuotation(_ message: String) -> String {
    let unquoted = message.prefix { $0 != "\"" && $0 != "'" }
    let isSearch = unquoted.utf8.starts(with: "fts5:".utf8)
    let kept = isSearch ? unquoted : unquoted.prefix { $0 != ":" }
    return String(kept)
  }

  private static func code(_ extended: Int32, _ system: Int32) -> Code {
    switch extended {
    case SQLITE_CONSTRAINT | (8 << 8), SQLITE_CONSTRAINT | (6 << 8), SQLITE_CONSTRAINT | (10 << 8):
      return .constraintUnique  // SQLITE_CONSTRAINT_UNIQUE, _PRIMARYKEY, _ROWID
    case SQLITE_CONSTRAINT | (3 << 8): return .constraintForeignKey
    default: break
    }
    switch extended & 0xff {
    case SQLITE_CONSTRAINT: return .constraint
    case SQLITE_BUSY, SQLITE_LOCKED: return .busy
    case SQLITE_FULL: return .full
    case SQLITE_IOERR where system == ENOSPC || system == EDQUOT: return .full
    case SQLITE_CORRUPT, SQLITE_NOTADB: return .corrupt
    case SQLITE_MISUSE, SQLITE_READONLY, SQLITE_AUTH, SQLITE_RANGE: return .misuse
    default: return .other(extended & 0xff)
    }
  }
}
