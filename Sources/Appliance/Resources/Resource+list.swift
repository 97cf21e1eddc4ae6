import HTTP
import Store

extension Resource {
  /// The query of a list: `?q=`, filters by column, and paging.
  struct Question: Sendable {
    var conditions: [String] = []
    var arguments: [Value] = []
    let limit: Int
    let cursor: [Value]

    /// Throws 400 with all invalid parameters.
    init(_ request: Request, of resource: Resource, for account: Account?, at now: Int64) throws {
      limit = try Paging.limit(request)
      cursor = try Self.cursor(request, resource.order)
      if let (sql, values) = resource.scope?(account, now) {
        conditions.append("(\(sql))")
        arguments += values
      }
      var errors: [FieldError] = []
      for column in resource.columns where column.isFilter {
        guard let text = request.query[column.name] else { continue }
        do {
          conditions.append("\(column.sqlName) IS ?")
          arguments.append(try column.value(ofQuery: text))
        } catch {
          errors.append(error)
        }
      }
      if !errors.isEmpty { throw Failure.invalid(errors) }
      if !resource.searched.isEmpty, let pattern = SearchPattern(request.query["q"]) {
        conditions.append(SearchPattern.condition(resource.searched.map(\.sqlName)))
        arguments.append(pattern.needle.value)
      }
    }

    /// The cursor of a page: an id, or `key~id` for a list with its own order.
    private static func cursor(_ request: Request, _ order: Order?) throws -> [Value] {
      guard let order else { return [try Paging(request).before.value] }
      guard let text = request.query["before"] else {
        return order.isAscending ? [Int64.min.value, Int64.min.value] : [Int64.max.value, Int64.max.value]
      }
      let parts = text.split(byte: "~", maxSplits: 1)
      guard parts.count == 2, let key = Int64(parts[0]), let id = Int64(digits: parts[1]) else {
        throw Failure.invalid([
          FieldError(
            "before", "INVALID_CURSOR",
            Sentence(fr: "Reprenez la valeur de X-Next-Before.", en: "Use the value of X-Next-Before."))
        ])
      }
      return [key.value, id.value]
    }
  }

  /// A page of the rows, or of those that also meet the condition `within`.
  func list(
    _ request: Request, _ database: Database, now: Int64, inBin: Bool = false,
    within: (sql: String, arguments: [Value])? = nil
  ) async throws -> Response {
    let account = request.signedIn?.account
    var question = try Question(request, of: self, for: account, at: now)
    question.conditions += conditions(inBin: inBin)
    if let within {
      question.conditions.append(within.sql)
      question.arguments += within.arguments
    }
    let conditions = question.conditions
    let arguments = reader(account) + question.cursor + question.arguments
    let limit = question.limit
    let key = order.flatMap { order in columns.firstIndex { $0.name == order.column.name } }
    let (bytes, next) = try await database.read { connection in
      var json = JSONWriter(reserve: 16 << 10)
      var last: Int64 = 0
      var next: Int64?
      try json.array { json in
        next = try connection.page(
          listSQL(conditions), arguments, limit: limit
        ) { row in
          if let key { last = row.int64(key + Self.ownColumns) }
          write(row, to: &json)
        }.next
      }
      return (json.bytes, next.map { key == nil ? "\($0)" : "\(last)~\($0)" })
    }
    return Response.json(200, bytes: bytes).withNext(next)
  }

  func get(_ request: Request, _ database: Database, now: Int64) async throws -> Response {
    let id = try request.id()
    let account = request.signedIn?.account
    let found = try await database.read { connection in
      try record(id, for: account, at: now, in: connection)
    }
    return answer(found, status: 200)
  }

  /// The row as a response, with its `ETag`.
  func answer(_ record: Record, status: Int) -> Response {
    var response = Response.json(status) { write(record, to: &$0) }
    response.add("ETag", record.tag)
    return response
  }

  /// Writes a row of `selection`.
  private func write(_ row: Row, to json: inout JSONWriter) {
    json.object { json in
      json.id("id", row.int64(0))
      for (index, column) in columns.enumerated() { column.write(row, index + Self.ownColumns, to: &json) }
      json.time("createdAt", row.int64(1))
      json.time("updatedAt", row.int64(2))
    }
  }

  func write(_ record: Record, to json: inout JSONWriter) {
    json.object { writeFields(record, to: &$0) }
  }

  /// Writes the members of its object.
  func writeFields(_ record: Record, to json: inout JSONWriter) {
    json.id("id", record.id)
    for column in columns {
      json.key(text: column.name)
      column.write(record[column], to: &json)
    }
    json.time("createdAt", record.createdAt)
    json.time("updatedAt", record.updatedAt)
  }

  func json(_ record: Record) -> JSONValue {
    var json = JSONWriter()
    write(record, to: &json)
    return JSONValue(parsing: json.bytes) ?? .null
  }
}
