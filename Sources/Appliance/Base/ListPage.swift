import HTTP
import Store

/// A page of a list, no longer than asked for and no larger than an answer may be.
struct ListPage<Element: Sendable>: Sendable {
  let rows: [Element]
  /// The id that the next page goes on below; nil at the end of the list.
  let next: Int64?
}

extension Connection {
  /// Bytes of texts of one page, about; a single row may be longer.
  static var mostPageBytes: Int { 1 << 20 }

  /// The first rows of a list whose first column is the id that its pages go on by, the greatest first. `sql` ends
  /// with the limit. Rows that do not fit are not read; `weight` says how many bytes one has.
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
  /// A page of a list as a JSON array, with `X-Next-Before` where another page follows.
  static func page<Element>(_ page: ListPage<Element>, _ write: (Element, inout JSONWriter) -> Void)
    -> Response
  {
    .page(next: page.next) { json in
      json.array { json in
        for row in page.rows { write(row, &json) }
      }
    }
  }

  /// A page that `build` writes. `next`: the id to ask for with `?before=`; nil on the last page.
  static func page(next: Int64?, _ build: (inout JSONWriter) -> Void) -> Response {
    Response.json(200, build).withNext(next.map { String($0) })
  }

  /// A page that is already written.
  static func page(next: Int64?, bytes: [UInt8]) -> Response {
    Response.json(200, bytes: bytes).withNext(next.map { String($0) })
  }

  /// The same answer with the cursor of the next page, where there is one.
  func withNext(_ cursor: String?) -> Response {
    guard let cursor else { return self }
    var response = self
    response.add("X-Next-Before", cursor)
    return response
  }
}
