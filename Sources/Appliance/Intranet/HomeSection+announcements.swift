import HTTP
import Store

/// The sections of announcements and pending read confirmations.
extension HomeSection {
  private static let most = 5
  private static let excerpt = 240

  static func toConfirm(_ settings: SystemSettings) -> HomeSection {
    HomeSection(name: "toConfirm", schema: .array(WaitingConfirmation.schema)) {
      account, now, connection, json in
      let found = try WaitingConfirmation.all(of: account, at: now, settings, in: connection)
      json.array { json in for one in found.prefix(most) { one.write(to: &json) } }
    }
  }

  static func announcements(_ settings: SystemSettings) -> HomeSection {
    HomeSection(
      name: "announcements",
      schema: .array(
        .object([
          ("id", .string, required: true), ("title", .string, required: true),
          ("excerpt", .string, required: true), ("authorName", .string, required: true),
          ("isImportant", .boolean, required: true), ("publishedAt", .time, required: true),
        ])), isOn: { settings.isOn(.announcements) }
    ) { account, now, connection, json in
      let readers = Announcements.readers(account, now)
      try json.array { json in
        try connection.forEach(
          announcementsSQL(readers.sql), arguments: readers.arguments + [most.value]
        ) { row in
          json.object { json in
            json.id("id", row.int64("id"))
            json.field("title", row.text("title"))
            json.field("excerpt", row.text("excerpt"))
            json.field("authorName", row.text("author_name"))
            json.field("isImportant", row.bool("is_important"))
            json.time("publishedAt", row.int64("published_at"))
          }
        }
      }
    }
  }

  static func announcementsSQL(_ readers: String) -> String {
    """
    SELECT id, title, substr(content, 1, \(excerpt)) AS excerpt, is_important,
      \(Announcements.personName("announcements.author_id")) AS author_name,
      coalesce(publish_at, announced_at, created_at) AS published_at
    FROM announcements WHERE deleted_at IS NULL AND (\(readers)) ORDER BY id DESC LIMIT ?
    """
  }
}
