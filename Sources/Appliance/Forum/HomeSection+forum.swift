import HTTP
import Store

/// The section of the forum.
extension HomeSection {
  private static let mostTopics = 5

  /// The last active topics that a person follows and has not read. Arguments: the person, those of the condition, the
  /// limit.
  private static func followedSQL(_ condition: String) -> String {
    """
    SELECT t.id, t.title FROM forum_topic_follows AS f CROSS JOIN forum_topics AS t ON t.id = f.topic_id
    LEFT JOIN forum_reads AS r ON r.user_id = f.user_id AND r.topic_id = t.id
    LEFT JOIN forum_readers AS b ON b.user_id = f.user_id
    WHERE f.user_id = ? AND f.is_on = 1 AND t.status = 'published' AND t.deleted_at IS NULL
      AND t.activity > max(coalesce(r.number, 0), coalesce(b.number, 0)) AND \(condition)
    ORDER BY t.activity DESC LIMIT ?
    """
  }

  static func forum(_ settings: SystemSettings) -> HomeSection {
    HomeSection(
      name: "forum",
      schema: .object([
        (
          "unread", .array(.object([("id", .string, required: true), ("title", .string, required: true)])),
          required: true
        ),
        ("waiting", .described("for your decision as a moderator", .integer), required: true),
      ]),
      isOn: { settings.isOn(.forum) },
      write: { account, _, connection, json in
        let readable = ForumCategory.isOne("t.category_id", ForumCategory.readable(by: account))
        let waiting = try ForumFeature.allWaiting(for: account, in: connection)
        try json.object { json in
          try json.array("unread") { json in
            try connection.forEach(
              followedSQL(readable.sql),
              arguments: [account.id.value] + readable.arguments + [mostTopics.value]
            ) { row in
              json.object { json in
                json.id("id", row.int64(0))
                json.field("title", row.text(1))
              }
            }
          }
          json.field("waiting", waiting)
        }
      })
  }
}
