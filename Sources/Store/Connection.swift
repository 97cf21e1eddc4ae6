import CSQLite

/// A connection lent to a closure; it must not be kept beyond it.
///
/// SQL is one statement with a `?` for each value. All methods throw `StoreError`, or what the row
/// closure threw.
public class Connection {
  let handle: Handle
  private var hasEnded = false

  init(_ handle: Handle) {
    self.handle = handle
  }

  /// The row id of the last insert on this connection.
  public final var lastInsertedID: Int64 { sqlite3_last_insert_rowid(handle.pointer) }

  /// Runs the statement and gives each row to `body`, in order.
  public final func forEach(_ sql: String, arguments: [(any Bindable)?], body: (Row) throws -> Void) throws {
    try run(sql, arguments) { row in
      try body(row)
      return true
    }
  }

  /// Gives rows to `body`, in order, as long as it says true; further ones are not read.
  public final func forEach(
    _ sql: String, arguments: [(any Bindable)?], while body: (Row) throws -> Bool
  ) throws {
    try run(sql, arguments, each: body)
  }

  /// What `map` makes of each row.
  @inlinable public final func query<T>(
    _ sql: String, arguments: [(any Bindable)?], map: (Row) throws -> T
  ) throws -> [T] {
    var mapped: [T] = []
    try forEach(sql, arguments: arguments) { mapped.append(try map($0)) }
    return mapped
  }

  /// What `map` makes of the first row; nil when there is none. Further rows are not read.
  @inlinable public final func first<T>(
    _ sql: String, arguments: [(any Bindable)?], map: (Row) throws -> T
  ) throws -> T? {
    var mapped: T?
    try run(sql, arguments) { row in
      mapped = try map(row)
      return false
    }
    return mapped
  }

  /// The first column of the first row; nil when there is no row or it is NULL.
  public final func scalar(_ sql: String, arguments: [(any Bindable)?]) throws -> Int64? {
    var scalar: Int64?
    try run(sql, arguments) { row in
      scalar = row.optionalInt64(0)
      return false
    }
    return scalar
  }

  /// Runs the statement to its end; the number of rows that it inserted, changed or deleted itself.
  @discardableResult
  public final func execute(_ sql: String, arguments: [(any Bindable)?]) throws -> Int {
    let before = sqlite3_total_changes64(handle.pointer)
    try run(sql, arguments) { _ in true }
    return sqlite3_total_changes64(handle.pointer) == before ? 0 : Int(sqlite3_changes64(handle.pointer))
  }

  /// Runs the statement to its end with `bytes` for its last `?`, which SQLite reads where they are.
  public final func execute(
    _ sql: String, arguments: [(any Bindable)?], lending bytes: UnsafeRawBufferPointer
  ) throws {
    try refuseIfEnded()
    let statement = try handle.statement(sql)
    // Forgets the bytes before they are gone.
    defer { statement.reset() }
    try statement.bind(arguments, lending: bytes)
    while try handle.step(statement) {}
  }

  /// Steps through the rows until `each` says false.
  @usableFromInline final func run(
    _ sql: String, _ arguments: [(any Bindable)?], each: (Row) throws -> Bool
  ) throws {
    try refuseIfEnded()
    let statement = try handle.statement(sql)
    defer { statement.reset() }
    try statement.bind(arguments)
    let row = Row(statement)
    while try handle.step(statement) {
      let goesOn = try each(row)
      if let misuse = statement.misuse { throw StoreError(.misuse, misuse, sql: sql) }
      if !goesOn { return }
    }
  }

  final func refuseIfEnded() throws {
    if hasEnded { throw StoreError(.misuse, "the closure that had this connection is over") }
  }

  /// Called when the closure returned, so that a kept connection refuses instead of harming.
  final func end() {
    hasEnded = true
  }
}
