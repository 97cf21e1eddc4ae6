import CSQLite

/// A prepared statement of one connection, finalized when released.
final class Statement {
  let pointer: OpaquePointer
  let sql: String
  /// True between the first step and the reset: a nested use needs another statement.
  var isBusy = false
  /// The connection's tick at the last use, for the cache.
  var lastUse: UInt64 = 0
  /// A mistake of a row closure; thrown once the closure has returned.
  var misuse: String?
  private(set) var columnCount = 0
  private var columnNames: [String] = []
  private var columnsByName: [String: Int] = [:]
  /// The columns read by name from the previous row, in order, and the position reached in this one.
  private var readingOrder: [Int] = []
  private var readingPosition = 0

  init(pointer: OpaquePointer, sql: String) {
    self.pointer = pointer
    self.sql = sql
  }

  deinit {
    sqlite3_finalize(pointer)
  }

  /// Binds every argument; throws `misuse` when their number differs from the number of `?`.
  func bind(_ arguments: [(any Bindable)?], lending bytes: UnsafeRawBufferPointer? = nil) throws {
    let wanted = Int(sqlite3_bind_parameter_count(pointer))
    let given = arguments.count + (bytes == nil ? 0 : 1)
    guard wanted == given else {
      throw StoreError(.misuse, "\(wanted) arguments wanted, \(given) given", sql: sql)
    }
    var index: Int32 = 0
    for argument in arguments {
      index += 1
      let result = bind(argument?.value ?? .null, at: index)
      guard result == SQLITE_OK else { throw StoreError(of: sqlite3_db_handle(pointer), sql: sql) }
    }
    guard let bytes else { return }
    // Bound without a destructor: SQLite does not copy the bytes, so they must stay valid until `reset`.
    let result =
      bytes.isEmpty
      ? sqlite3_bind_zeroblob(pointer, index + 1, 0)
      : sqlite3_bind_blob64(pointer, index + 1, bytes.baseAddress, UInt64(bytes.count), nil)
    guard result == SQLITE_OK else { throw StoreError(of: sqlite3_db_handle(pointer), sql: sql) }
  }

  /// True when there is a row, false at the end.
  func step() throws -> Bool {
    switch sqlite3_step(pointer) {
    case SQLITE_ROW:
      let count = Int(sqlite3_data_count(pointer))
      if count != columnCount { forgetColumns(count) }
      readingPosition = 0
      return true
    case SQLITE_DONE: return false
    default: throw StoreError(of: sqlite3_db_handle(pointer), sql: sql, whileStepping: true)
    }
  }

  func reset() {
    sqlite3_reset(pointer)
    sqlite3_clear_bindings(pointer)
    misuse = nil
    isBusy = false
  }

  /// The index of the column `name`. Rows are usually read in the same order, so the previous row's order is
  /// tried before the dictionary.
  func column(named name: String) -> Int? {
    if columnNames.isEmpty { readColumnNames() }
    let position = readingPosition
    readingPosition += 1
    if position < readingOrder.count, columnNames[readingOrder[position]] == name {
      return readingOrder[position]
    }
    guard let column = columnsByName[name] else { return nil }
    if position < readingOrder.count {
      readingOrder[position] = column
    } else if position == readingOrder.count, position < 256 {
      readingOrder.append(column)
    }
    return column
  }

  private func readColumnNames() {
    for column in 0..<columnCount {
      let name = sqlite3_column_name(pointer, Int32(column)).map { String(cString: $0) } ?? ""
      columnNames.append(name)
      if columnsByName[name] == nil { columnsByName[name] = column }
    }
  }

  private func forgetColumns(_ count: Int) {
    columnCount = count
    columnNames = []
    columnsByName = [:]
    readingOrder = []
  }

  private func bind(_ value: Value, at index: Int32) -> Int32 {
    switch value {
    case .null: sqlite3_bind_null(pointer, index)
    case .integer(let integer): sqlite3_bind_int64(pointer, index, integer)
    case .real(let real): sqlite3_bind_double(pointer, index, real)
    case .text(""): sqlite3_bind_text64(pointer, index, "", 0, copied, UInt8(SQLITE_UTF8))
    case .text(var text):
      text.withUTF8 { bytes in
        bytes.withMemoryRebound(to: CChar.self) {
          sqlite3_bind_text64(pointer, index, $0.baseAddress, UInt64($0.count), copied, UInt8(SQLITE_UTF8))
        }
      }
    case .blob(let bytes):
      bytes.isEmpty
        ? sqlite3_bind_zeroblob(pointer, index, 0)
        : bytes.withUnsafeBytes {
          sqlite3_bind_blob64(pointer, index, $0.baseAddress, UInt64($0.count), copied)
        }
    }
  }
}

/// SQLITE_TRANSIENT, a C cast that Swift does not import: SQLite copies the bound value.
private var copied: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }
