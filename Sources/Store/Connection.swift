import CSQLite

/// A connection that is valid only inside the closure it is passed to.
///
/// `sql` is one statement with a `?` for each argument. All methods throw `StoreError`, or what the row
/// closure throws.
public class Connection {
  let handle: Handle
  private var hasEnded = false

  init(_ handle: Handle) {
    self.handle = handle
  }

  /// The row id of the last insert on this connection.
  public final var lastInsertedID: Int64 { sqlite3_last_insert_rowid(handle.pointer) }

  /// Runs the statement and passes each row to `body`, in order.
  public final func forEach(_ sql: String, arguments: [(any Bindable)?], body: (Row) throws -> Void) throws {
    try run(sql, arguments) { row in
      try body(row)
      return true
    }
  }

  /// Passes rows to `body`, in order, until it returns false; the remaining rows are not read.
  public final func forEach(
    _ sql: String, arguments: [(any Bindable)?], while body: (Row) throws -> Bool
  ) throws {
    try run(sql, arguments, each: body)
  }

  /// Runs the statement and maps each row.
  @inlinable public final func query<T>(
    _ sql: String, arguments: [(any Bindable)?], map: (Row) throws -> T
  ) throws -> [T] {
    var mapped: [T] = []
    try forEach(sql, arguments: arguments) { mapped.append(try map($0)) }
    return mapped
  }

  /// Maps the first row; nil when there is none. Further rows are not read.
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

  /// Runs the statement; returns the number of rows it inserted, changed or deleted, not counting triggers.
  @discardableResult
  public final func execute(_ sql: String, arguments: [(any Bindable)?]) throws -> Int {
    let before = sqlite3_total_changes64(handle.pointer)
    try run(sql, arguments) { _ in true }
    return sqlite3_total_changes64(handle.pointer) == before ? 0 : Int(sqlite3_changes64(handle.pointer))
  }

  /// Runs the statement with `bytes` bound to its last `?` without copying them.
  public final func execute(
    _ sql: String, arguments: [(any Bindable)?], lending bytes: UnsafeRawBufferPointer
  ) throws {
    try refuseIfEnded()
    let statement = try handle.statement(sql)
    // The binding must not outlive the bytes.
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
    if hasEnded { throw StoreError(.misuse, "the closure of this connection has returned") }
  }

  /// Called when the closure has returned: a connection kept beyond it then throws instead of racing.
  final func end() {
    hasEnded = true
  }
}
