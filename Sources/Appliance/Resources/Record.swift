import HTTP
import Store

/// A row of a resource's table, by its columns.
struct Record: Sendable {
  let id: Int64
  let createdAt: Int64
  let updatedAt: Int64
  private(set) var values: [String: Value]

  init(id: Int64, createdAt: Int64, updatedAt: Int64, values: [String: Value]) {
    self.id = id
    self.createdAt = createdAt
    self.updatedAt = updatedAt
    self.values = values
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

  /// The words of a column that has several of a list.
  func words(_ column: Column) -> [String] {
    JSONValue(parsing: text(column))?.array?.compactMap(\.string) ?? []
  }

  /// What `If-Match` compares: it changes with every change of the row.
  var tag: String { "\"\(updatedAt)\"" }
}

extension Resource {
  /// What is done to one row: the row before, which a create has not, and after, which a delete has not.
  struct Change: Sendable {
    let verb: Verb
    let actor: Account
    let old: Record?
    var new: Record?
    let now: Int64

    /// The row that is meant, whichever there is.
    var id: Int64 { new?.id ?? old?.id ?? 0 }
  }
}
