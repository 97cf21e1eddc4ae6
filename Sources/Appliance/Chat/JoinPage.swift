import HTTP
import Store

/// A joining socket's position in a channel.
struct JoinCursor: Sendable {
  /// The greatest message id that the client has; nil when it only wants the newest.
  var since: Int64?
  /// The revision up to which the client has all changes; nil when unknown.
  var revision: Int64?
  var limit: Int
}

/// The content of one `CHANNEL_JOINED`: a part of a channel in one snapshot of the database.
struct JoinPage: Sendable {
  static let most = 200
  static let mostChanged = 500
  /// Maximum bytes of JSON for the messages, and for the changed ones; a single message may be larger. Chosen
  /// so that a page, the collected events and what is still queued fit into a socket's queue.
  static let mostBytes = 256 << 10
  static let mostChangedBytes = 256 << 10

  let frame: Frame
  /// Whether this is the last page of the snapshot.
  let isLast: Bool
  /// The position of the next page.
  let next: JoinCursor

  /// The greatest id and the revision covered by the page.
  var message: Int64 { next.since ?? 0 }
  var revision: Int64 { next.revision ?? 0 }

  /// Reads a page, if the account may read the channel in the same snapshot. Throws 404 otherwise.
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
    // The client is ahead of the database, which was restored from a backup: it starts over.
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
    // Of too many, the newest must be kept.
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

  /// Nil when there are too many: reading the channel again is cheaper.
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

  /// Number of leading messages that fit into one frame.
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
  /// Approximate maximum bytes of JSON in one response.
  static let mostBytes = 1 << 20
  /// At least this many messages are returned, however long: clients with this page size detect by the number
  /// whether there are more.
  static let leastPerPage = 50

  /// The leading messages that fit into one response.
  static func fitting(_ messages: [ChatMessage]) -> [ChatMessage] {
    var bytes = 0
    for (index, message) in messages.enumerated() {
      bytes += message.weight
      if bytes > mostBytes, index >= leastPerPage { return Array(messages.prefix(index)) }
    }
    return messages
  }

  /// Approximate bytes of its JSON.
  var weight: Int {
    let users = reactions.reduce(0) { $0 + $1.users.count }
    return 500 + text.utf8.count * 5 / 4 + (reply == nil ? 0 : 400) + reactions.count * 50 + users * 10
      + files.count * 300
  }
}
