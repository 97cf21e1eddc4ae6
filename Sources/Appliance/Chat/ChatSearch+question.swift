import HTTP
import Store

extension ChatSearch {
  /// A search query with the searcher's permissions.
  struct Question: Sendable {
    let words: SearchWords
    let reader: Int64
    var channel: Int64?
    var author: Int64?
    let limit: Int
  }

  struct Hit: Sendable {
    let message: ChatMessage
    /// For a direct channel, the other member's name.
    let channelName: String
    /// An excerpt of the text, with matches between U+0002 and U+0003.
    let snippet: String
  }
}

/// Searches from the newest message to the oldest, one range of ids at a time. Ranges that are indexed are
/// looked up in the index; other messages are read. Either way, all matching messages are found.
extension ChatSearch.Question {
  /// Ids per lookup in the index, so that a common word in channels without permission does not block other
  /// readers.
  private static let window: Int64 = 200_000
  /// Ids per read without the index.
  private static let readWindow: Int64 = 10_000
  /// When the last word is the prefix of many words, the index would collect the messages of them all first.
  /// So this many of the newest messages are read before, which nearly always contain enough matches.
  private static let newestOnes: Int64 = 500

  private static let found = """
    m.id, CASE WHEN c.kind <> 'direct' THEN c.name ELSE (
        SELECT u.name FROM channel_members AS o JOIN users AS u ON u.id = o.user_id
        WHERE o.channel_id = c.id AND o.user_id <> ?5) END
    """
  /// `?2` is the first id, `?1` the one after the last.
  private static let allowed = """
    m.id < ?1 AND m.id >= ?2 AND m.deleted_at IS NULL
      AND (?3 IS NULL OR m.channel_id = ?3) AND (?4 IS NULL OR m.author_id = ?4)
      AND (c.kind = 'public'
        OR EXISTS (SELECT 1 FROM channel_members WHERE channel_id = c.id AND user_id = ?5))
    """

  static let sql = """
    SELECT \(found)
    FROM chat_search AS s CROSS JOIN chat_messages AS m ON m.id = s.rowid
    CROSS JOIN channels AS c ON c.id = m.channel_id
    WHERE chat_search MATCH ?6 AND s.rowid < ?1 AND s.rowid >= ?2 AND \(allowed)
    ORDER BY s.rowid DESC LIMIT ?7
    """

  static let readSQL = """
    SELECT \(found), m.text
    FROM chat_messages AS m CROSS JOIN channels AS c ON c.id = m.channel_id
    WHERE \(allowed) ORDER BY m.id DESC
    """

  /// The newest matching messages below an id.
  func hits(before: Int64, in database: Database) async throws -> [ChatSearch.Hit] {
    var walk = try await database.read { connection in
      let newest = try connection.scalar(ChatSearch.newestSQL) ?? 0
      let walk = Walk(end: min(before, newest == .max ? newest : newest + 1))
      return walk.end > 1 ? try next(walk, in: connection) : walk
    }
    while walk.end > 1, walk.hits.count < limit {
      walk = try await database.read { [walk] in try next(walk, in: $0) }
    }
    return walk.hits
  }

  private static let endingsSQL = SearchWords.endingsSQL("chat_search_words")
  /// If more words than this match the prefix, they are not looked up one by one.
  private static let mostEndings = 8

  /// The progress of a search.
  private struct Walk: Sendable {
    /// Ids below this are still to be searched.
    var end: Int64
    var hits: [ChatSearch.Hit] = []
    /// Whether the newest messages were read although they are indexed.
    var hasReadNewest = false
  }

  private func next(_ walk: Walk, in connection: Connection) throws -> Walk {
    var walk = walk
    let indexed = try ChatSearch.indexed(in: connection)
    guard indexed.contains(walk.end - 1) else {
      let start = walk.end - 1 > indexed.last ? indexed.last + 1 : 0
      return try read(walk, from: max(start, walk.end - Self.readWindow), in: connection)
    }
    let endings = try words.endings(Self.endingsSQL, from: 3, most: Self.mostEndings, connection)
    if endings == nil, words.isUnfinished, !walk.hasReadNewest {
      walk.hasReadNewest = true
      return try read(walk, from: max(indexed.first, walk.end - Self.newestOnes), in: connection)
    }
    let start = max(indexed.first, walk.end - Self.window, 0)
    if endings?.isEmpty != true {
      let found = try connection.query(
        Self.sql, walk.end, start, channel, author, reader, words.expression(endings: endings),
        limit - walk.hits.count
      ) { (id: $0.int64(0), channel: $0.text(1)) }
      walk.hits += try hits(found, in: connection)
    }
    walk.end = start
    return walk
  }

  private func read(_ walk: Walk, from start: Int64, in connection: Connection) throws -> Walk {
    var walk = walk
    var found: [(id: Int64, channel: String)] = []
    let wanted = limit - walk.hits.count
    try connection.forEach(
      Self.readSQL, arguments: [walk.end, start, channel, author, reader]
    ) { row in
      guard words.stand(in: SearchTokens(row.text(2))) else { return true }
      found.append((row.int64(0), row.text(1)))
      return found.count < wanted
    }
    walk.hits += try hits(found, in: connection)
    walk.end = start
    return walk
  }

  private func hits(
    _ found: [(id: Int64, channel: String)], in connection: Connection
  ) throws -> [ChatSearch.Hit] {
    guard !found.isEmpty else { return [] }
    var messages = try connection.query(
      ChatMessage.select + "WHERE m.id IN (SELECT value FROM json_each(?)) ORDER BY m.id DESC",
      "[" + found.map { String($0.id) }.joined(separator: ",") + "]", map: ChatMessage.init)
    try ChatMessage.complete(&messages, in: connection)
    return zip(messages, found).map { message, found in
      ChatSearch.Hit(
        message: message, channelName: found.channel,
        snippet: SearchSnippet(of: message.text, words).string)
    }
  }
}

extension ChatSearch.Hit {
  static let schema = Schema.members([
    "message": ChatMessage.schema, "channelName": .string, "snippet": .string,
  ])

  func write(to json: inout JSONWriter) {
    json.object { json in
      json.key("message")
      message.write(to: &json)
      json.field("channelName", channelName)
      json.field("snippet", snippet)
    }
  }
}
