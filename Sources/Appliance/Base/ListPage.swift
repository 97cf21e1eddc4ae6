import HTTP
import Store

/// A page of a list, bounded in number of rows and in bytes.
struct ListPage<Element: Sendable>: Sendable {
  let rows: [Element]
  /// The value of `before` for the next page; nil at the end of the list.
  let next: Int64?
}

extension Connection {
  /// Approximate maximum bytes of text in one page; a single row may be larger.
  static var mostPageBytes: Int { 1 << 20 }

  /// Reads the first rows of a list. The first column must be the id used for paging, in descending order,
  /// and `sql` must end with the limit. Rows that do not fit are not read; `weight` returns the bytes of a
  /// row.
  func page<Element: Sendable>(
    _ sql: String, _ arguments: [any Bindable], limit: Int, weight: (Row) -> Int = { $0.weight },
    map: (Row) throws -> Element
  ) throws -> ListPage<Element> {
    var rows: [Element] = []
    var last: Int64 = 0
    var bytes = 0
    var isCut = false
    try forEach(
      sql, arguments: arguments + [limit],
      while: { row in
        bytes += weight(row)
        isCut = bytes > Self.mostPageBytes && !rows.isEmpty
        guard !isCut else { return false }
        rows.append(try map(row))
        last = row.int64(0)
        return true
      })
    return ListPage(rows: rows, next: isCut || rows.count == limit && limit > 0 ? last : nil)
  }
}

extension Response {
  /// Adds a link to the next page, if there is one: `?before=` with that id.
  mutating func add(nextBefore id: Int64?) {
    if let id { add("X-Next-Before", String(id)) }
  }
}
