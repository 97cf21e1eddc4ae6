import HTTP
import Store

/// The sections of messages and requests.
extension HomeSection {
  private static let mostRequests = 5

  static func messages(_ settings: SystemSettings) -> HomeSection {
    HomeSection(
      name: "messages", schema: .object([("unread", .integer, required: true)]),
      isOn: { settings.isOn(.messages) },
      write: { account, _, connection, json in
        let unread = try connection.scalar(InternalMessagesFeature.unreadSQL, account.id) ?? 0
        json.object { $0.field("unread", unread) }
      })
  }

  static let assignedSQL = """
    SELECT id, title FROM complaints WHERE assigned_to_id = ? AND status IN ('open', 'in_progress')
    ORDER BY id DESC LIMIT ?
    """

  /// The pending requests assigned to the account.
  static func requests(_ settings: SystemSettings) -> HomeSection {
    HomeSection(
      name: "requests",
      schema: .object([
        (
          "assigned", .array(.object([("id", .string, required: true), ("title", .string, required: true)])),
          required: true
        )
      ]),
      isOn: { settings.isOn(.complaints) },
      write: { account, _, connection, json in
        try json.object { json in
          try json.array("assigned") { json in
            try connection.forEach(assignedSQL, arguments: [account.id, mostRequests]) { row in
              json.object { json in
                json.id("id", row.int64("id"))
                json.field("title", row.text("title"))
              }
            }
          }
        }
      })
  }
}
