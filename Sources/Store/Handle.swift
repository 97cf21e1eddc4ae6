import CSQLite

/// One open SQLite connection with its prepared statements, used by one thread at a time.
final class Handle {
  enum Mode { case writer, reader, checkpointer }

  let pointer: OpaquePointer
  /// The error after which SQLite rolled back the whole transaction by itself; no statement runs until it is
  /// cleared.
  private(set) var lost: StoreError?
  private let state: UnsafeMutablePointer<HandleState>
  private var cache = StatementCache(capacity: 128)
  private var controls: [Control: Statement] = [:]
  private var isInTransaction = false
  private var isClosed = false
  /// False on the writer's connection until the migrations are applied.
  var isSchemaComplete: Bool

  init(path: String, mode: Mode) throws {
    _ = configured
    let access = mode == .reader ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
    var opened: OpaquePointer?
    let result = sqlite3_open_v2(path, &opened, access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
    guard result == SQLITE_OK, let opened else {
      let error = StoreError(of: opened, sql: nil)
      sqlite3_close_v2(opened)
      throw StoreError(error.code, "\(path): \(error.message)")
    }
    pointer = opened
    isSchemaComplete = mode != .writer
    state = .allocate(capacity: 1)
    state.initialize(to: HandleState())
    store_harden(pointer)
    try registerTextFunctions(pointer)
    sqlite3_busy_timeout(pointer, 5000)
    // Freed in deinit after the connection is closed, when SQLite no longer calls the callbacks.
    sqlite3_set_authorizer(pointer, authorize, state)
    for pragma in Handle.pragmas(mode) { try privileged { try script(pragma) } }
    guard mode == .writer else { return }
    sqlite3_wal_hook(pointer, countPages, state)
    let journal = try Connection(self).first("PRAGMA journal_mode") { $0.text(0) }
    guard journal == "wal" else {
      throw StoreError(.other(SQLITE_CANTOPEN), "\(path): this file system cannot do WAL")
    }
  }

  deinit {
    close()
    state.deallocate()
  }

  /// Closes the connection; it must not be used afterwards.
  func close() {
    guard !isClosed else { return }
    isClosed = true
    cache.removeAll()
    controls = [:]
    sqlite3_close_v2(pointer)
  }

  /// Pages in the write-ahead log after this connection's last commit.
  var walPages: Int { Int(state.pointee.walPages) }

  /// A prepared statement, marked as in use until `reset`.
  func statement(_ sql: String) throws -> Statement {
    if let lost { throw lost }
    if let cached = cache.take(sql) {
      cached.isBusy = true
      return cached
    }
    let statement = try prepare(sql)
    #if DEBUG
      if isSchemaComplete { PreparedStatements.add(sql) }
    #endif
    cache.keep(statement)
    statement.isBusy = true
    return statement
  }

  func step(_ statement: Statement) throws -> Bool {
    if let lost { throw lost }
    do { return try statement.step() } catch { throw noticed(error) }
  }

  /// Runs several statements without arguments, in order and without caching them.
  func script(_ sql: String) throws {
    if let lost { throw lost }
    var rest = sql[...]
    while let (statement, tail) = try prepareFirst(of: rest) {
      do { while try statement.step() {} } catch { throw noticed(error) }
      rest = tail
    }
  }

  /// Runs `body` with the permissions that closures lack: transactions, savepoints, settings.
  func privileged<T>(_ body: () throws -> T) rethrows -> T {
    state.pointee.isPrivileged = true
    defer { state.pointee.isPrivileged = false }
    return try body()
  }

  private static func pragmas(_ mode: Mode) -> [String] {
    switch mode {
    case .writer:
      [
        "PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", "PRAGMA foreign_keys = ON",
        "PRAGMA cache_size = -4000", "PRAGMA mmap_size = 0", "PRAGMA journal_size_limit = 16777216",
      ]
    case .reader: ["PRAGMA query_only = ON", "PRAGMA cache_size = -2000", "PRAGMA mmap_size = 0"]
    case .checkpointer: ["PRAGMA synchronous = FULL", "PRAGMA cache_size = 0", "PRAGMA mmap_size = 0"]
    }
  }

  private func prepare(_ sql: String) throws -> Statement {
    guard let (statement, tail) = try prepareFirst(of: sql[...]) else {
      throw StoreError(.misuse, "the SQL contains no statement", sql: sql)
    }
    if !tail.utf8.allSatisfy({ $0 <= 0x20 || $0 == UInt8(ascii: ";") }), try prepareFirst(of: tail) != nil {
      throw StoreError(.misuse, "there is more than one statement", sql: sql)
    }
    return statement
  }

  /// The first statement of `sql` and the rest of the text; nil when only whitespace and comments remain.
  private func prepareFirst(of sql: Substring) throws -> (Statement, Substring)? {
    var sql = sql
    while !sql.isEmpty {
      var prepared: OpaquePointer?
      var used = 0
      let result = sql.withUTF8 { bytes in
        bytes.withMemoryRebound(to: CChar.self) { characters in
          var tail: UnsafePointer<CChar>?
          let count = Int32(clamping: characters.count)
          let result = sqlite3_prepare_v3(pointer, characters.baseAddress, count, 0, &prepared, &tail)
          if let tail, let start = characters.baseAddress { used = tail - start }
          return result
        }
      }
      guard result == SQLITE_OK else { throw noticed(StoreError(of: pointer, sql: String(sql.prefix(500)))) }
      let tail = sql.utf8.index(sql.startIndex, offsetBy: used)
      if let prepared { return (Statement(pointer: prepared, sql: String(sql[..<tail])), sql[tail...]) }
      if used == 0 { return nil }
      sql = sql[tail...]
    }
    return nil
  }

  /// Records an error that made SQLite roll back the transaction, and returns it.
  private func noticed(_ error: any Error) -> any Error {
    if isInTransaction, sqlite3_get_autocommit(pointer) != 0 { lost = error as? StoreError }
    return error
  }
}

extension Handle {
  /// Statements that control transactions, reserved to the threads of this module.
  enum Control: String {
    case begin = "BEGIN"
    case beginImmediate = "BEGIN IMMEDIATE"
    case commit = "COMMIT"
    case rollback = "ROLLBACK"
    case savepoint = "SAVEPOINT closure"
    case release = "RELEASE closure"
    case rollbackToSavepoint = "ROLLBACK TO closure"
  }

  func control(_ control: Control) throws {
    if let lost { throw lost }
    try privileged {
      let statement = try controls[control] ?? prepare(control.rawValue)
      controls[control] = statement
      defer { sqlite3_reset(statement.pointer) }
      _ = try statement.step()
    }
    isInTransaction = sqlite3_get_autocommit(pointer) == 0
  }

  /// Rolls back an open transaction, if there is one, and clears `lost`.
  func abandon() {
    lost = nil
    if sqlite3_get_autocommit(pointer) == 0 { try? control(.rollback) }
    isInTransaction = false
  }

  /// True while a deferred foreign key is violated, which would make the commit fail.
  var breaksForeignKeys: Bool {
    var current: Int32 = 0
    var highest: Int32 = 0
    sqlite3_db_status(pointer, SQLITE_DBSTATUS_DEFERRED_FKS, &current, &highest, 0)
    return current != 0
  }
}
