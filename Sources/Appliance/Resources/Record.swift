import HTTP
import Store

/// A row of a resource's table, with its values by column.
struct Record: Sendable {
  /// 0 before it is inserted.
  let id: Int64
  /// Milliseconds since 1970.
  let createdAt: Int64
  let updatedAt: Int64
  private var values: [String: Value]

  init(id: Int64 = 0, createdAt: Int64, updatedAt: Int64, values: [String: Value] = [:]) {
    self.id = id
    self.createdAt = createdAt
    self.updatedAt = updatedAt
    self.values = values
  }

  /// Reads a row of `Resource.selection`.
  init(_ row: Row, of columns: [Column]) {
    self.init(id: row.int64(0), createdAt: row.int64(1), updatedAt: row.int64(2))
    for (index, column) in columns.enumerated() {
      values[column.name] = row.value(index + Resource.ownColumns)
    }
  }

  subscript(column: Column) -> Value {
    get { values[column.name] ?? .null }
    set { values[column.name] = newValue }
  }

  func text(_ column: Column) -> String {
    if case .text(let text) = self[column] { text } else { "" }
  }

  func int64(_ column: Column) -> Int64? {
    if case .integer(let number) = self[column] { number } else { nil }
  }

  func bool(_ column: Column) -> Bool { int64(column) == 1 }

  /// The words of a column whose values are lists of text.
  func words(_ column: Column) -> [String] {
    JSONValue(parsing: text(column))?.array?.compactMap(\.string) ?? []
  }

  /// The size of its texts in bytes.
  var bytes: Int {
    values.values.reduce(0) { sum, value in
      if case .text(let text) = value { sum + text.utf8.count } else { sum }
    }
  }

  /// The ETag, compared by `If-Match`; changes whenever the row does.
  var tag: String { "\"\(updatedAt)\"" }
}
