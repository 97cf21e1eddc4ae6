import HTTP
import Store

/// The sections of upcoming events and of links.
extension HomeSection {
  private static let mostEvents = 5
  private static let mostLinks = 12
  /// Events that start later are left out: 30 days, in milliseconds.
  private static let ahead: Int64 = 30 * 24 * 3_600_000

  static func events(_ settings: SystemSettings) -> HomeSection {
    HomeSection(
      name: "events",
      schema: .array(
        .object([
          ("id", .string, required: true), ("title", .string, required: true),
          ("start", .time, required: true),
          ("allDay", .boolean, required: true), ("location", .string, required: true),
        ])), isOn: { settings.isOn(.events) }
    ) { account, now, connection, json in
      let next = try Occurrences(account: account, range: now..<now + ahead).find(in: connection)
      json.array { json in
        for occurrence in next.prefix(mostEvents) {
          json.object { json in
            json.id("id", occurrence.event.id)
            json.field("title", occurrence.details.title)
            json.time("start", occurrence.start)
            json.field("allDay", occurrence.event.isAllDay)
            json.field("location", occurrence.details.location)
          }
        }
      }
    }
  }

  static let shortcutsSQL =
    "SELECT id, title, url FROM shortcuts WHERE user_id = ? ORDER BY position, id LIMIT ?"

  /// The organisation's links, then the person's own.
  static let links = HomeSection(
    name: "links",
    schema: .array(
      .object([
        ("id", .string, required: true), ("title", .string, required: true), ("url", .string, required: true),
      ]))
  ) { account, _, connection, json in
    let (scope, arguments) = Readership.condition(for: account)
    try json.array { json in
      func write(_ row: Row, _ prefix: String) {
        json.object { json in
          json.field("id", prefix + String(row.int64(0)))
          json.field("title", row.text(1))
          json.field("url", row.text(2))
        }
      }
      try connection.forEach(
        "SELECT id, title, url FROM links WHERE \(scope) ORDER BY position, id LIMIT ?",
        arguments: arguments + [mostLinks]
      ) { write($0, "") }
      try connection.forEach(shortcutsSQL, arguments: [account.id, mostLinks]) { write($0, "own-") }
    }
  }
}
