import HTTP
import Store

extension ChatSearch {
  /// What somebody looks for, among what they may read.
  struct Question: Sendable {
    let words: ChatWords
    let reader: Int64
    var channel: Int64?
    var author: Int64?
    let limit: Int
  }

  struct Hit: Sendable {
    let message: ChatMessage
    /// Of a direct channel, the other one's name.
    let channelName: String
    /// A part of the text, with what was found between U+0002 and U+0003.
    let snippet: String
  }
}

extension ChatSearch.Question {
  /// Ids that one read looks through: a common word in channels that one may not read keeps nobody waiting.
  private static let window: Int64 = 200_000

  static let sql = """
    SELECT s.rowid, CASE WHEN c.kind <> 'direct' THEN c.name ELSE (
        SELECT u.name FROM channel_members AS o JOIN users AS u ON u.id = o.user_id
        WHERE o.channel_id = c.id AND o.user_id <> ?6) END,
      snippet(chat_search, 0, char(2), char(3), '…', 32)
    FROM chat_search AS s CROSS JOIN chat_messages AS m ON m.id = s.rowid
    CROSS JOIN channels AS c ON c.id = m.channel_id
    WHERE chat_search MATCH ?1 AND s.rowid < ?2 AND s.rowid >= ?3 AND m.deleted_at IS NULL
      AND (?4 IS NULL OR m.channel_id = ?4) AND (?5 IS NULL OR m.author_id = ?5)
      AND (c.kind = 'public'
        OR EXISTS (SELECT 1 FROM channel_members WHERE channel_id = c.id AND user_id = ?6))
    ORDER BY s.rowid DESC LIMIT ?7
    """

  /// The newest messages below an id that have the words.
  func hits(before: Int64, in database: Database) async throws -> [ChatSearch.Hit] {
    let newest = try await database.read { try $0.scalar(ChatSearch.newestSQL) } ?? 0
    var end = min(before, newest == .max ? newest : newest + 1)
    var hits: [ChatSearch.Hit] = []
    while end > 1, hits.count < limit {
      let (top, start, wanted) = (end, max(0, end - Self.window), limit - hits.count)
      hits += try await database.read { try part(from: start, to: top, wanted, in: $0) }
      end = start
    }
    return hits
  }

  private func part(
    from start: Int64, to end: Int64, _ limit: Int, in connection: Connection
  ) throws -> [ChatSearch.Hit] {
    let found = try connection.query(
      Self.sql, words.expression, end, start, channel, author, reader, limit
    ) { (id: $0.int64(0), channel: $0.text(1), snippet: $0.text(2)) }
    guard !found.isEmpty else { return [] }
    var messages = try connection.query(
      ChatMessage.select + "WHERE m.id IN (SELECT value FROM json_each(?)) ORDER BY m.id DESC",
      "[" + found.map { String($0.id) }.joined(separator: ",") + "]", map: ChatMessage.init)
    try ChatMessage.complete(&messages, in: connection)
    return zip(messages, found).map { message, found in
      ChatSearch.Hit(message: message, channelName: found.channel, snippet: found.snippet)
    }
  }
}

extension ChatSearch.Hit {
  func write(to json: inout JSONWriter) {
    json.beginObject()
    json.key("message")
    message.write(to: &json)
    json.field("channelName", channelName)
    json.field("snippet", snippet)
    json.endObject()
  }
}
