/// The same queries with variadic arguments: `first("… WHERE id = ?", id) { $0.text(0) }`.
extension Connection {
  public func forEach(_ sql: String, _ arguments: (any Bindable)?..., body: (Row) throws -> Void) throws {
    try forEach(sql, arguments: arguments, body: body)
  }

  @inlinable public func query<T>(
    _ sql: String, _ arguments: (any Bindable)?..., map: (Row) throws -> T
  ) throws -> [T] {
    try query(sql, arguments: arguments, map: map)
  }

  @inlinable public func first<T>(
    _ sql: String, _ arguments: (any Bindable)?..., map: (Row) throws -> T
  ) throws -> T? {
    try first(sql, arguments: arguments, map: map)
  }

  public func scalar(_ sql: String, _ arguments: (any Bindable)?...) throws -> Int64? {
    try scalar(sql, arguments: arguments)
  }

  @discardableResult
  public func execute(_ sql: String, _ arguments: (any Bindable)?...) throws -> Int {
    try execute(sql, arguments: arguments)
  }
}
