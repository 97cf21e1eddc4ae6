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
  /// A page of a list as a JSON array, with `X-Next-Before` when another page follows.
  static func page<Element>(_ page: ListPage<Element>, _ write: (Element, inout JSONWriter) -> Void)
    -> Response
  {
    .page(next: page.next) { json in
      json.array { json in
        for row in page.rows { write(row, &json) }
      }
    }
  }

  /// A page written by `build`. `next` is the value of `?before=` for the next page; nil on the last.
  static func page(next: Int64?, _ build: (inout JSONWriter) -> Void) -> Response {
    Response.json(200, build).withNext(next.map { String($0) })
  }

  /// A page of JSON that is already encoded.
  static func page(next: Int64?, bytes: [UInt8]) -> Response {
    Response.json(200, bytes: bytes).withNext(next.map { String($0) })
  }

  /// The same response with the cursor of the next page, if there is one.
  func withNext(_ cursor: String?) -> Response {
    guard let cursor else { return self }
    var response = self
    response.add("X-Next-Before", cursor)
    return response
  }
}
