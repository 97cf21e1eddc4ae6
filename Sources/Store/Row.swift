import CSQLite

/// The current row of a statement, valid only inside the closure it is passed to.
///
/// Columns are read by index from 0 or by name. NULL reads as 0, false, "" or [], and as nil by the
/// `optional` accessors. A column that does not exist makes the query throw `misuse`.
public struct Row {
  private let statement: Statement

  init(_ statement: Statement) {
    self.statement = statement
  }

  public var columnCount: Int { statement.columnCount }

  /// Size of the row in bytes; a number counts as eight.
  public var weight: Int {
    (0..<Int32(truncatingIfNeeded: statement.columnCount)).reduce(0) { sum, column in
      switch sqlite3_column_type(statement.pointer, column) {
      case SQLITE_TEXT, SQLITE_BLOB: sum + Int(sqlite3_column_bytes(statement.pointer, column))
      default: sum + 8
      }
    }
  }

  public func isNull(_ column: Int) -> Bool {
    guard let index = checked(column) else { return true }
    return sqlite3_column_type(statement.pointer, index) == SQLITE_NULL
  }

  public func int64(_ column: Int) -> Int64 {
    guard let index = checked(column) else { return 0 }
    return sqlite3_column_int64(statement.pointer, index)
  }

  public func int(_ column: Int) -> Int { Int(int64(column)) }

  public func bool(_ column: Int) -> Bool { int64(column) != 0 }

  public func double(_ column: Int) -> Double {
    guard let index = checked(column) else { return 0 }
    return sqlite3_column_double(statement.pointer, index)
  }

  public func text(_ column: Int) -> String {
    defer { withExtendedLifetime(statement) {} }
    return String(decoding: textBytes(column), as: UTF8.self)
  }

  public func blob(_ column: Int) -> [UInt8] {
    defer { withExtendedLifetime(statement) {} }
    return Array(blobBytes(column))
  }

  /// The column in the type that SQLite stores.
  public func value(_ column: Int) -> Value {
    guard let index = checked(column) else { return .null }
    return switch sqlite3_column_type(statement.pointer, index) {
    case SQLITE_INTEGER: .integer(int64(column))
    case SQLITE_FLOAT: .real(double(column))
    case SQLITE_TEXT: .text(text(column))
    case SQLITE_BLOB: .blob(blob(column))
    default: .null
    }
  }

  /// Passes the UTF-8 bytes of a text column to `body` without copying them; NULL is empty.
  @inlinable public func withText<R>(_ column: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> R) rethrows
    -> R
  {
    defer { withExtendedLifetime(self) {} }
    return try body(textBytes(column))
  }

  /// As `withText`, with nil for NULL.
  @inlinable public func withOptionalText<R>(
    _ column: Int, _ body: (UnsafeBufferPointer<UInt8>?) throws -> R
  ) rethrows -> R {
    defer { withExtendedLifetime(self) {} }
    let bytes = textBytes(column)
    return try body(bytes.baseAddress == nil ? nil : bytes)
  }

  /// Passes the bytes of a blob column to `body` without copying them; NULL is empty.
  @inlinable public func withBlob<R>(_ column: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> R) rethrows
    -> R
  {
    defer { withExtendedLifetime(self) {} }
    return try body(blobBytes(column))
  }

  @usableFromInline func textBytes(_ column: Int) -> UnsafeBufferPointer<UInt8> {
    guard let index = checked(column) else { return UnsafeBufferPointer(start: nil, count: 0) }
    // Only NULL has no address; an empty text has one.
    guard let start = sqlite3_column_text(statement.pointer, index) else {
      return UnsafeBufferPointer(start: nil, count: 0)
    }
    return UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement.pointer, index)))
  }

  @usableFromInline func blobBytes(_ column: Int) -> UnsafeBufferPointer<UInt8> {
    guard let index = checked(column) else { return UnsafeBufferPointer(start: nil, count: 0) }
    let start = sqlite3_column_blob(statement.pointer, index)
    let count = Int(sqlite3_column_bytes(statement.pointer, index))
    return UnsafeBufferPointer(
      start: start?.assumingMemoryBound(to: UInt8.self), count: start == nil ? 0 : count)
  }

  /// The index of the column `name`, or an index out of range when there is none.
  func index(of name: String) -> Int {
    if let column = statement.column(named: name) { return column }
    statement.misuse = "no column is called \(name)"
    return -1
  }

  private func checked(_ column: Int) -> Int32? {
    if column >= 0, column < statement.columnCount { return Int32(truncatingIfNeeded: column) }
    if statement.misuse == nil { statement.misuse = "there is no column \(column)" }
    return nil
  }
}
