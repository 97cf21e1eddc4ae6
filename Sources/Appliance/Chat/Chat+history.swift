import Store

/// The requested part of a channel's history.
enum HistoryPlace: Sendable {
  case newest
  case before(Int64)
  /// The messages directly after this id.
  case after(Int64)
  /// This message with half of the page before and half after it.
  case around(Int64)
}

extension Chat {
  static let backwardsSQL =
    ChatMessage.select + "WHERE m.channel_id = ? AND m.id < ? ORDER BY m.id DESC LIMIT ?"
  static let forwardsSQL = ChatMessage.select + "WHERE m.channel_id = ? AND m.id > ? ORDER BY m.id LIMIT ?"
  static let changesSQL =
    ChatMessage.select + "WHERE m.channel_id = ? AND m.revision > ? AND m.id <= ? ORDER BY m.revision LIMIT ?"

  /// A page of a channel, newest first; shorter than requested when its messages are long. The caller must
  /// check permission.
  static func history(
    of channel: Int64, _ place: HistoryPlace, limit: Int, in connection: Connection
  ) throws -> [ChatMessage] {
    var page: [ChatMessage]
    switch place {
    case .newest: page = try backwards(channel, from: .max, limit, in: connection)
    case .before(let id): page = try backwards(channel, from: id, limit, in: connection)
    case .after(let id): page = try forwards(channel, from: id, limit, in: connection).reversed()
    case .around(let id):
      let older = try backwards(channel, from: id == .max ? id : id + 1, (limit + 1) / 2, in: connection)
      page = try forwards(channel, from: id, limit / 2, in: connection).reversed() + older
    }
    try ChatMessage.complete(&page, in: connection)
    return page
  }

  /// The messages up to id `last` that were changed after a revision, in order of their last change.
  static func changes(
    in channel: Int64, since revision: Int64, upTo last: Int64, limit: Int, in connection: Connection
  ) throws -> [ChatMessage] {
    var changed = try connection.query(
      changesSQL, channel, revision, last, limit, map: ChatMessage.init)
    try ChatMessage.complete(&changed, in: connection)
    return changed
  }

  private static func backwards(
    _ channel: Int64, from id: Int64, _ limit: Int, in connection: Connection
  ) throws -> [ChatMessage] {
    ChatMessage.fitting(try connection.query(backwardsSQL, channel, id, limit, map: ChatMessage.init))
  }

  private static func forwards(
    _ channel: Int64, from id: Int64, _ limit: Int, in connection: Connection
  ) throws -> [ChatMessage] {
    ChatMessage.fitting(try connection.query(forwardsSQL, channel, id, limit, map: ChatMessage.init))
  }
}
