import HTTP
import Store

/// A part of the home page.
struct HomeSection: Sendable {
  /// The name of its member in the response.
  let name: StaticString
  let schema: Schema
  /// False while its module is disabled; the member is then omitted.
  var isOn: @Sendable () -> Bool = { true }
  /// Writes the member's value. Called with the time in milliseconds since 1970, inside one read of the
  /// database that all sections share, so it must be fast.
  let write: @Sendable (Account, Int64, Connection, inout JSONWriter) throws -> Void
}

/// Sections for machines, notifications and administrators.
extension HomeSection {
  /// Only failures of the last 7 days count, in milliseconds.
  private static let recent: Int64 = 7 * 24 * 60 * 60 * 1000
  private static let most = 5

  static let notifications = HomeSection(
    name: "notifications", schema: .object([("unread", .integer, required: true)])
  ) { account, _, connection, json in
    let unread = try Notifications.unread(of: account.id, in: connection)
    json.object { $0.field("unread", unread) }
  }

  static let machinesSQL = "SELECT id, name, status FROM machines WHERE user_id = ? ORDER BY id DESC LIMIT ?"

  static let machines = HomeSection(
    name: "machines",
    schema: .array(
      .object([
        ("id", .string, required: true), ("name", .string, required: true),
        ("status", .string, required: true),
      ]))
  ) { account, _, connection, json in
    try json.array { json in
      try connection.forEach(machinesSQL, arguments: [account.id, most]) { row in
        json.object { json in
          json.id("id", row.int64("id"))
          json.field("name", row.text("name"))
          json.field("status", row.text("status"))
        }
      }
    }
  }

  static let attentionSQL = """
    SELECT (SELECT count(*) FROM users WHERE is_approved = 0 AND is_active = 1) AS accounts,
      (SELECT count(*) FROM jobs WHERE finished_at > ?1 AND status = 'failed' AND created_at > ?1) AS jobs,
      (SELECT count(*) FROM outbox WHERE status = 'failed') AS mails,
      (SELECT count(*) FROM client_errors WHERE last_at > ?1) AS errors
    """

  /// Null for everyone but administrators.
  static let attention = HomeSection(
    name: "attention",
    schema: .optional(
      .object([
        ("pendingAccounts", .integer, required: true), ("failedJobs", .integer, required: true),
        ("failedMail", .integer, required: true), ("clientErrors", .integer, required: true),
      ]))
  ) { account, now, connection, json in
    guard account.role == .admin else { return json.null() }
    try connection.forEach(attentionSQL, arguments: [now - recent]) { row in
      json.object { json in
        json.field("pendingAccounts", row.int64("accounts"))
        json.field("failedJobs", row.int64("jobs"))
        json.field("failedMail", row.int64("mails"))
        json.field("clientErrors", row.int64("errors"))
      }
    }
  }
}
