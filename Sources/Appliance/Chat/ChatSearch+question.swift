import HTTP
import Store

extension ChatSearch {
  /// What somebody looks for, among what they may read.
  struct Question: Sendable {
    let words: SearchWords
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

/// Messages are looked for from the newest to the oldest, a part of the ids at a time. A part that the index has is
/// asked from it; messages that it does not have yet are read. Either way a search finds all that was written.
extension ChatSearch.Question {
  /// Ids that one read asks the index for: a common word in channels that one may not read keeps nobody waiting.
  private static let window: Int64 = 200_000
  /// Ids whose messages one read looks through.
  private static let readWindow: Int64 = 10_000
  /// Where many words begin like the last one, the index would gather the messages of them all before it gives the
  /// newest: among so many of the newest there are enough, nearly always.
  private static let newestOnes: Int64 = 500

  private static let found = """
    m.id, CASE WHEN c.kind <> 'direct' THEN c.name ELSE (
        SELECT u.name FROM channel_members AS o JOIN users AS u ON u.id = o.user_id
        WHERE o.channel_id = c.id AND o.user_id <> ?5) END
    """
  /// ?2 is the first id, ?1 the one behind the last.
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

  /// The newest messages below an id that have the words.
  func hits(before: Int64, in database: Database) async throws -> [ChatSearch.Hit] {
    let newest = try await database.read { try $0.scalar(ChatSearch.newestSQL) } ?? 0
    var walk = Walk(end: min(before, newest == .max ? newest : newest + 1))
    while walk.end > 1, walk.hits.count < limit {
      walk = try await database.read { [walk] in try next(walk, in: $0) }
    }
    return walk.hits
  }

  /// How far a search has come.
  private struct Walk: Sendable {
    /// What is below it is still to be looked at.
    var end: Int64
    var hits: [ChatSearch.Hit] = []
    /// The newest were read, though the index has them.
    var hasReadNewest = false
  }

  private func next(_ walk: Walk, in connection: Connection) throws -> Walk {
    var walk = walk
    let indexed = try ChatSearch.indexed(in: connection)
    guard indexed.contains(walk.end - 1) else {
      let start = walk.end - 1 > indexed.last ? indexed.last + 1 : 0
      return try read(walk, from: max(start, walk.end - Self.readWindow), in: connection)
    }
    let endings = try words.endings(in: connection)
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

extension SearchWords {
  /// More words than so many are not asked for one by one.
  private static let mostEndings = 8

  /// Goes from word to word, whatever the number of messages that each is in.
  static let endingsSQL = """
    WITH RECURSIVE words (word) AS (
      SELECT (SELECT term FROM chat_search_words WHERE term >= ?1 LIMIT 1)
      UNION ALL
      SELECT (SELECT v.term FROM chat_search_words AS v WHERE v.term >= words.word || char(1) LIMIT 1)
      FROM words WHERE words.word < ?2)
    SELECT word FROM words WHERE word < ?2 LIMIT ?3
    """

  /// The words of the index that the last one may become; nil where they are many, or where it is whole.
  func endings(in connection: Connection) throws -> [String]? {
    guard let beginning, beginning.unicodeScalars.count > 2 else { return nil }
    let words = try connection.query(
      Self.endingsSQL, beginning, beginning + "\u{10FFFF}", Self.mostEndings + 1
    ) { $0.text(0) }
    return words.count > Self.mostEndings ? nil : words
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
