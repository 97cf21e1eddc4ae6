import HTTP
import Store

extension Resource {
  /// Number of columns before the resource's own in a selection: id, created_at, updated_at.
  static let ownColumns = 3

  var selection: String {
    (["id", "created_at", "updated_at"] + columns.map(\.sqlExpression)).joined(separator: ", ")
  }

  /// The arguments of a selection: the id of the reading account for each personal column.
  func reader(_ account: Account?) -> [Value] {
    columns.compactMap { column in
      if case .personal = column.source { (account?.id ?? 0).value } else { nil }
    }
  }

  var stored: [Column] { columns.filter(\.isStored) }

  /// The SQL of a page, with `conditions` in addition to those of the cursor. Arguments: key and id of the
  /// cursor, those of `conditions`, and the limit.
  func listSQL(_ conditions: [String]) -> String {
    let cursor: String
    let order: String
    switch self.order {
    case let order?:
      let (sign, word) = order.isAscending ? (">", "ASC") : ("<", "DESC")
      cursor = "(\(order.column.sqlName), id) \(sign) (?, ?)"
      return """
        SELECT \(selection) FROM \(table) WHERE \(([cursor] + conditions).joined(separator: " AND "))
        ORDER BY \(order.column.sqlName) \(word), id \(word) LIMIT ?
        """
    case nil:
      cursor = "id < ?"
      order = "id DESC"
    }
    return """
      SELECT \(selection) FROM \(table) WHERE \(([cursor] + conditions).joined(separator: " AND "))
      ORDER BY \(order) LIMIT ?
      """
  }

  var rowSQL: String { "SELECT \(selection) FROM \(table) WHERE id = ?" }

  var insertSQL: String {
    let names = stored.map(\.sqlName) + ["created_at", "updated_at"]
    let places = names.map { _ in "?" }.joined(separator: ", ")
    return "INSERT INTO \(table) (\(names.joined(separator: ", "))) VALUES (\(places))"
  }

  func updateSQL(_ changed: [Column]) -> String {
    let sets = (changed.map(\.sqlName) + ["updated_at"]).map { "\($0) = ?" }.joined(separator: ", ")
    return "UPDATE \(table) SET \(sets) WHERE id = ?"
  }

  var deleteSQL: String { "DELETE FROM \(table) WHERE id = ?" }

  /// The condition of rows that are not in the bin.
  private static let live = "deleted_at IS NULL"

  /// The condition for every row of a list.
  func conditions(inBin: Bool = false) -> [String] {
    isRestorable ? [inBin ? "deleted_at IS NOT NULL" : Self.live] : []
  }

  /// Reads a row, deleted or not, without checking visibility. Personal columns are computed for the account.
  func row(_ id: Int64, as account: Account?, in connection: Connection) throws -> Record? {
    try connection.first(rowSQL, arguments: reader(account) + [id.value]) { Record($0, of: columns) }
  }

  /// The row, if it is visible to this account. Throws 404.
  func record(_ id: Int64, for account: Account?, at now: Int64, in connection: Connection) throws -> Record {
    let found = try row(id, as: account, in: connection)
    guard let found, try isVisible(id, to: account, at: now, in: connection) else { throw Failure.notFound }
    return found
  }

  /// Whether an existing row is within the account's scope.
  func isVisible(_ id: Int64, to account: Account?, at now: Int64, in connection: Connection) throws -> Bool {
    let (sql, arguments) = scope?(account, now) ?? ("1", [])
    if scope == nil, !isRestorable { return true }
    let conditions = (["id = ?", "(\(sql))"] + conditions()).joined(separator: " AND ")
    return try connection.scalar(
      "SELECT 1 FROM \(table) WHERE \(conditions)", arguments: [id] + arguments) != nil
  }
}
