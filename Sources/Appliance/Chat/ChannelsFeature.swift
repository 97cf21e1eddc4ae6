import HTTP
import Store

/// Channels and their members.
struct ChannelsFeature: Feature {
  /// Maximum number of channels created by one person, not counting direct ones.
  static let mostCreated = 500

  let clock: Clock
  let database: Database
  let sessions: Sessions
  let hub: Hub
  let queue: JobQueue
  let notifications: Notifications
  let chat: Chat

  var directory: ChannelDirectory { chat.directory }

  /// Current information on when people were last seen.
  var activity: Activity { Activity(sessions, withLive: false) }

  var jobs: [any JobKind] {
    [ChatRetention(clock: clock, database: database, notifications: notifications, chat: chat)]
  }

  var routes: [Route] {
    let path = "/api/chat/channels"
    let one = path + "/:id"
    let (fields, view) = (ChannelFields.schema, ChannelView.schema)
    return [
      .get(
        path, .signedIn, "List your channels, or public channels with `browse=1`", response: .array(view),
        list
      ).reading(
        QueryParameter.paging + [
          .flag("archived", "1: with archived channels"), .flag("browse", "1: public channels to join"),
          .init("q", .string, "only what has this text"),
        ]),
      .post(
        path, .signedIn, "Create a channel or open a direct message", request: NewChannel.schema,
        response: view,
        create),
      .get(one, .signedIn, "Get a channel", response: view, get),
      .patch(one, .signedIn, "Edit, archive or unarchive a channel", request: fields, response: view, change),
      .put(one, .signedIn, "Edit, archive or unarchive a channel", request: fields, response: view, change),
      .delete(one, .signedIn, "Delete a channel and its messages", response: .done, delete),
    ] + memberRoutes(one) + personalRoutes(one)
  }

  private func list(_ request: Request) async throws -> Response {
    let account = try request.account()
    let page = try Paging(request)
    let limit = request.query["limit"] == nil ? 500 : page.limit
    let withArchived = try request.query.flag("archived")
    let isBrowsing = try request.query.flag("browse")
    let pattern = SearchPattern(request.query["q"])
    let found = try await database.read { connection in
      isBrowsing
        ? try connection.page(
          ChannelView.publicSQL, [account.id, page.before, withArchived, pattern?.needle ?? ""],
          limit: limit, map: ChannelView.init)
        : try connection.page(
          ChannelView.mineSQL, [account.id, page.before, withArchived], limit: limit, map: ChannelView.init)
    }
    return .page(found) { channel, json in channel.write(to: &json, for: account, activity) }
  }

  private func get(_ request: Request) async throws -> Response {
    let account = try request.account()
    let channel = try directory.find(request)
    let view = try await database.read { connection in
      try ChannelView.find(channel.id, for: account, in: connection)
    }
    return .json { view.write(to: &$0, for: account, activity) }
  }

  private func create(_ request: Request) async throws -> Response {
    let account = try request.account()
    let new = try NewChannel(try request.json(), by: account)
    let (view, isNew) = try await database.write { [self] tx in
      let (id, isNew) = try new.insert(request, chat, notifications, in: tx)
      return (try ChannelView.find(id, for: account, in: tx), isNew)
    }
    return .json(isNew ? 201 : 200) { view.write(to: &$0, for: account, activity) }
  }

  private func change(_ request: Request) async throws -> Response {
    let account = try request.account()
    let fields = try ChannelFields(try request.json(), isNew: false)
    let view = try await database.change(.channelChanged, on: nil, by: request) { [directory] tx in
      let channel = try directory.find(request, in: tx)
      try channel.requireAdmin(account)
      if fields.isEmpty { return try ChannelView.find(channel.id, for: account, in: tx) }
      let name = fields.name ?? channel.name
      let isArchived = fields.isArchived ?? channel.isArchived
      if isArchived || name != channel.name { try channel.requireNotGeneral() }
      if channel.kind == .public { try NewChannel.checkIsFree(name, for: channel.id, in: tx) }
      try tx.execute(
        """
        UPDATE channels SET name = ?, topic = coalesce(?, topic), slow_seconds = coalesce(?, slow_seconds),
          retention_days = coalesce(?, retention_days), updated_at = ?,
          archived_at = CASE WHEN ? THEN coalesce(archived_at, ?) END WHERE id = ?
        """, name, fields.topic, fields.slowSeconds, fields.retentionDays, tx.now, isArchived, tx.now,
        channel.id)
      try Self.record(.channelChanged, channel, request, details: fields.summary, in: tx)
      try directory.refresh(channel.id, by: account.id, in: tx)
      return try ChannelView.find(channel.id, for: account, in: tx)
    }
    return .json { view.write(to: &$0, for: account, activity) }
  }

  private func delete(_ request: Request) async throws -> Response {
    let account = try request.account()
    try await database.change(.channelDeleted, on: nil, by: request) { [self] tx in
      let channel = try directory.find(request, in: tx)
      try channel.requireAdmin(account)
      try channel.requireNotGeneral()
      try discard(channel, request, in: tx)
    }
    return .done(
      Sentence(
        fr: "Salon et messages supprimés.",
        en: "Channel and messages deleted."), for: request)
  }

  /// Deletes a channel with all its messages.
  func discard(_ channel: Channel, _ request: Request, in tx: Transaction) throws {
    for person in channel.members.keys.sorted() {
      try notifications.seen(channel.subject, by: person, in: tx)
    }
    try Self.record(.channelDeleted, channel, request, in: tx)
    try ChatRetention.discard(channel.id, queue, in: tx)
    try directory.refresh(channel.id, by: try request.account().id, in: tx)
  }

  /// Writes an entry of the audit log. Names of private channels are left out, as the log's readers may not
  /// know them.
  static func record(
    _ action: Audit.Action, _ channel: Channel, _ request: Request, details: String = "", in tx: Transaction
  ) throws {
    let isPublic = channel.kind == .public
    try Audit.record(
      action, actor: try request.account(),
      on: Audit.Subject(type: "channel", id: channel.id, name: isPublic ? channel.name : ""),
      request: request, details: isPublic ? details : channel.kind.rawValue, in: tx)
  }
}
