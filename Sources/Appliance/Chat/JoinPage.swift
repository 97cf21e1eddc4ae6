import HTTP
import Store

/// How far a joining socket has come in a channel.
struct JoinCursor: Sendable {
  /// The greatest id that it has; nil where it only wants the newest.
  var since: Int64?
  /// The revision as of which it has what it has; nil where it does not say.
  var revision: Int64?
  var limit: Int
}

/// What one `CHANNEL_JOINED` says: a part of a channel in one state of the database.
struct JoinPage: Sendable {
  static let most = 200
  static let mostChanged = 500
  /// Bytes of JSON of the messages, and of the changed ones; a single message may be longer. Together with what is
  /// collected meanwhile and what still waits, it is less than a socket may have waiting.
  static let mostBytes = 256 << 10
  static let mostChangedBytes = 256 << 10

  let frame: Frame
  /// Nothing was left in that state.
  let isLast: Bool
  /// Where the next page begins.
  let next: JoinCursor

  /// The greatest id and the revision that are contained.
  var message: Int64 { next.since ?? 0 }
  var revision: Int64 { next.revision ?? 0 }

  /// Reads a page, if the account may read the channel in the very same state. Throws 404 otherwise.
  static func read(
    _ channel: Int64, for account: Int64, from cursor: JoinCursor, in connection: Connection
  ) throws -> JoinPage {
    let state = try connection.first(stateSQL, account, channel) { row in
      (name: row.text(0), revision: row.int64(1), mayRead: row.bool(2))
    }
    guard let state, state.mayRead else { throw Failure.channelNotFound }
    let last = try connection.scalar("SELECT max(id) FROM chat_messages WHERE channel_id = ?", channel) ?? 0
    guard let since = cursor.since else {
      let newest = try newest(channel, cursor.limit, in: connection)
      let next = JoinCursor(since: last, revision: state.revision, limit: cursor.limit)
      return JoinPage(
        frame: frame(channel, state.name, newest.json, next: next, more: newest.more), isLast: true,
        next: next)
    }
    // What the client has is not from here: the database is an older copy.
    if since > last {
      let next = JoinCursor(since: last, revision: state.revision, limit: cursor.limit)
      return JoinPage(
        frame: frame(channel, state.name, empty, next: next, more: false, isReset: true), isLast: true,
        next: next)
    }
    let (messages, more, end) = try following(channel, since, cursor.limit, in: connection)
    let changed = try changed(channel, cursor, upTo: since, in: connection)
    let next = JoinCursor(since: max(end, since), revision: state.revision, limit: cursor.limit)
    return JoinPage(
      frame: frame(
        channel, state.name, messages, next: next, more: more, changed: changed ?? empty,
        isReset: changed == nil), isLast: !more, next: next)
  }

  static let stateSQL = """
    SELECT name, revision, kind = 'public' OR EXISTS (
      SELECT 1 FROM channel_members WHERE channel_id = channels.id AND user_id = ?)
    FROM channels WHERE id = ?
    """

  private static let empty = Array("[]".utf8)

  private static func newest(
    _ channel: Int64, _ limit: Int, in connection: Connection
  ) throws -> (json: [UInt8], more: Bool) {
    var messages = try Chat.history(of: channel, .newest, limit: limit + 1, in: connection)
    var more = messages.count > limit
    if more { messages.removeLast() }
    // The newest are the ones that have to fit.
    let kept = fitting(messages)
    if kept < messages.count { more = true }
    return (array(messages.prefix(kept).reversed()), more)
  }

  private static func following(
    _ channel: Int64, _ since: Int64, _ limit: Int, in connection: Connection
  ) throws -> (json: [UInt8], more: Bool, last: Int64) {
    let messages = Array(
      try Chat.history(of: channel, .after(since), limit: limit + 1, in: connection).reversed())
    let kept = min(fitting(messages), limit)
    return (array(messages.prefix(kept)), kept < messages.count, kept > 0 ? messages[kept - 1].id : since)
  }

  /// Nil where there is too much: it is cheaper to read anew.
  private static func changed(
    _ channel: Int64, _ cursor: JoinCursor, upTo since: Int64, in connection: Connection
  ) throws -> [UInt8]? {
    guard let revision = cursor.revision else { return empty }
    let changed = try Chat.changes(
      in: channel, since: revision, upTo: since, limit: mostChanged + 1, in: connection)
    guard changed.count <= mostChanged, fitting(changed, in: mostChangedBytes) == changed.count else {
      return nil
    }
    return array(changed)
  }

  /// How many of the first messages go into one frame, by what they weigh.
  private static func fitting(_ messages: [ChatMessage], in most: Int = mostBytes) -> Int {
    var bytes = 0
    for (index, message) in messages.enumerated() {
      bytes += message.weight
      if bytes > most, index > 0 { return index }
    }
    return messages.count
  }

  private static func array(_ messages: some Collection<ChatMessage>) -> [UInt8] {
    var json = JSONWriter(reserve: messages.count * 512)
    json.array { json in
      for message in messages { message.write(to: &json) }
    }
    return json.bytes
  }

  private static func frame(
    _ channel: Int64, _ name: String, _ messages: [UInt8], next: JoinCursor, more: Bool,
    changed: [UInt8] = empty, isReset: Bool = false
  ) -> Frame {
    Frame(
      text: Frames.encode("CHANNEL_JOINED") { json in
        json.object { json in
          json.id("channel", channel)
          json.field("name", name)
          json.key("messages")
          json.raw(messages)
          json.id("last", next.since ?? 0)
          json.field("revision", next.revision ?? 0)
          json.field("more", more)
          json.key("changed")
          json.raw(changed)
          json.field("reset", isReset)
        }
      })
  }
}

extension ChatMessage {
  /// Bytes of JSON of one answer, about.
  static let mostBytes = 1 << 20
  /// So many come whole in any case: clients of this page size know by the number that there is more.
  static let leastPerPage = 50

  /// The first of some messages, as many as one answer may hold.
  static func fitting(_ messages: [ChatMessage]) -> [ChatMessage] {
    var bytes = 0
    for (index, message) in messages.enumerated() {
      bytes += message.weight
      if bytes > mostBytes, index >= leastPerPage { return Array(messages.prefix(index)) }
    }
    return messages
  }

  /// About how many bytes its JSON has.
  var weight: Int {
    let users = reactions.reduce(0) { $0 + $1.users.count }
    return 500 + text.utf8.count * 5 / 4 + (reply == nil ? 0 : 400) + reactions.count * 50 + users * 10
      + files.count * 300
  }
}
