import HTTP
import Store

/// A notification as stored.
struct NotificationItem: Sendable {
  let id: Int64
  let kind: Notice.Kind
  let subject: String
  let link: String
  let actor: (id: Int64, name: String)?
  let details: [String: String]
  let count: Int
  let createdAt: Int64
  let readAt: Int64?

  /// Includes the beginning of the message it concerns, if the person may still read that.
  static let select = """
    SELECT n.id, n.kind, n.subject, n.link, n.actor_id, actor.name AS actor_name, n.details, n.count, n.created_at, n.read_at,
      (SELECT substr(said.text, 1, 140) FROM chat_messages AS said JOIN channels AS c ON c.id = said.channel_id
        WHERE said.id = CAST(n.details ->> 'message' AS INTEGER) AND said.deleted_at IS NULL
          AND (c.kind = 'public' OR EXISTS (
            SELECT 1 FROM channel_members WHERE channel_id = c.id AND user_id = n.user_id))) AS text
    FROM notifications AS n LEFT JOIN users AS actor ON actor.id = n.actor_id
    """

  init(
    id: Int64, of notice: Notice, actorName: String?, count: Int, createdAt: Int64
  ) {
    self.id = id
    kind = notice.kind
    subject = notice.subject
    link = notice.link
    actor = notice.actor.flatMap { id in actorName.map { (id, $0) } }
    details = notice.details.mapValues { $0.prefix(utf8: Notice.longestDetail) }
    self.count = count
    self.createdAt = createdAt
    readAt = nil
  }

  /// Nil when this version does not know the kind.
  init?(_ row: Row) {
    guard let kind = Notice.Kind(rawValue: row.text("kind")) else { return nil }
    id = row.int64("id")
    self.kind = kind
    subject = row.text("subject")
    link = row.text("link")
    let name = row.optionalText("actor_name")
    actor = row.optionalInt64("actor_id").flatMap { id in name.map { (id, $0) } }
    var details = (JSONValue(parsing: row.text("details"))?.object ?? [:]).compactMapValues(\.string)
    if details["message"] != nil { details["text"] = row.optionalText("text") }
    self.details = details
    count = row.int("count")
    createdAt = row.int64("created_at")
    readAt = row.optionalInt64("read_at")
  }

  var words: NoticeWords { NoticeWords(kind, count: count, actor: actor?.name, details: details) }

  static let schema = Schema.members([
    "id": .id, "kind": .words(Notice.Kind.self), "subject": .string, "title": .string, "message": .string,
    "link": .string, "actor": .optional(.members(["id": .id, "name": .string])), "count": .integer,
    "createdAt": .time, "read": .boolean, "readAt": .optional(.time),
  ])

  /// Writes its members into the current object.
  func writeFields(to json: inout JSONWriter, in language: Language) {
    let words = words
    json.id("id", id)
    json.field("kind", kind.rawValue)
    json.field("subject", subject)
    json.field("title", words.title(language))
    json.field("message", words.message(language))
    json.field("link", link)
    json.key("actor")
    if let actor {
      json.object { json in
        json.id("id", actor.id)
        json.field("name", actor.name)
      }
    } else {
      json.null()
    }
    json.field("count", count)
    json.time("createdAt", createdAt)
    json.field("read", readAt != nil)
    json.time("readAt", readAt)
  }
}
