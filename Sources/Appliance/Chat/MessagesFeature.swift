import HTTP
import Store
import Threads

/// Messages over HTTP: history, posting, search, pins.
struct MessagesFeature: Feature {
  let clock: Clock
  let log: Log
  let database: Database
  let sessions: Sessions
  let chat: Chat
  let indexer: ChatIndexer
  /// Whether messages are indexed in the background.
  private let isIndexing: Bool
  /// An export is held in memory, so only one runs at a time.
  let exports = AsyncLock()

  init(
    clock: Clock, log: Log, database: Database, sessions: Sessions, chat: Chat, isIndexing: Bool = true
  ) {
    self.isIndexing = isIndexing
    self.clock = clock
    self.log = log
    self.database = database
    self.sessions = sessions
    self.chat = chat
    indexer = ChatIndexer(database: database, log: log)
  }

  private static let historyQuery: [QueryParameter] =
    QueryParameter.paging + [
      .init("after", .id, "the messages after this ID"),
      .init("around", .id, "the messages around this ID"),
    ]
  private static let formatQuery = [
    QueryParameter("format", .words(ChatExport.Format.self), "json by default"),
    QueryParameter("before", .id, "the messages before this ID"),
  ]
  private static let searchQuery: [QueryParameter] =
    QueryParameter.paging + [
      .init("q", .string, "words of the message"), .init("channel", .id, "in this channel only"),
      .init("author", .id, "of this user only"),
    ]

  var routes: [Route] {
    let one = "/api/chat/channels/:id"
    let read = Schema.members(["id": .described("ID of the last message read", .reference)])
    let message = ChatMessage.schema
    return [
      .get(
        one + "/messages", .signedIn, "List a channel's messages, newest first", response: .array(message),
        history
      ).reading(Self.historyQuery),
      .post(
        one + "/messages", .signedIn, "Post a message", request: Draft.schema, response: message, post),
      .get(one + "/pins", .signedIn, "List a channel's pinned messages", response: .array(message), pins)
        .reading(QueryParameter.paging),
      .post(
        one + "/read", .signedIn, "Mark messages as read up to an ID", request: read,
        response: ChannelView.schema,
        markRead),
      .get(
        one + "/export", .signedIn, "Export a channel (channel admins)", response: ExportFile.schema, export
      )
      .reading(Self.formatQuery).producing("text/plain"),
      .get(
        "/api/chat/search", .signedIn, "Search messages, newest first",
        response: .array(ChatSearch.Hit.schema),
        search
      ).reading(Self.searchQuery),
    ] + messageRoutes
  }

  func start() async throws { if isIndexing { indexer.start() } }

  func stop() async { await indexer.stop() }

  private func history(_ request: Request) async throws -> Response {
    let place = try HistoryPlace(request)
    let limit = try Paging(request).limit
    let channel = try chat.directory.find(request).id
    let (page, isMore) = try await database.read { connection in
      let page = try Chat.history(of: channel, place, limit: limit, in: connection)
      let isMore = try page.last.map { try Self.hasMore(before: $0.id, in: channel, connection) } ?? false
      return (page, isMore)
    }
    return Self.list(page, isMore: isMore)
  }

  private static func hasMore(before id: Int64, in channel: Int64, _ connection: Connection) throws -> Bool {
    try connection.scalar("SELECT 1 FROM chat_messages WHERE channel_id = ? AND id < ? LIMIT 1", channel, id)
      != nil
  }

  private func post(_ request: Request) async throws -> Response {
    let account = try request.account()
    let draft = try Draft(try request.json())
    let channel = try chat.directory.find(request).id
    let posted = try await database.write { [chat] tx in
      try chat.post(draft, to: channel, by: account, in: tx)
    }
    return .json(posted.isNew ? 201 : 200) { posted.message.write(to: &$0) }
  }

  static let pinsSQL =
    ChatMessage.select + """
      WHERE m.channel_id = ? AND m.pinned_at IS NOT NULL AND m.id < ? ORDER BY m.id DESC LIMIT ?
      """

  private func pins(_ request: Request) async throws -> Response {
    let page = try Paging(request)
    let channel = try chat.directory.find(request).id
    let (found, isMore) = try await database.read { connection in
      let all = try connection.query(
        Self.pinsSQL, channel, page.before, page.limit, map: ChatMessage.init)
      var found = ChatMessage.fitting(all)
      try ChatMessage.complete(&found, in: connection)
      return (found, found.count < all.count || all.count == page.limit)
    }
    return Self.list(found, isMore: isMore)
  }

  private func markRead(_ request: Request) async throws -> Response {
    let account = try request.account()
    let body = try request.json()
    let channel = try chat.directory.find(request).id
    guard let last = body["id"]?.int64 ?? body["id"]?.string.flatMap({ Int64(digits: $0) }), last >= 0 else {
      throw Failure.invalid([
        FieldError(
          "id", "INVALID_REFERENCE",
          Sentence(fr: "ID de message non valide.", en: "Invalid message ID."))
      ])
    }
    let view = try await database.write { [chat] tx in
      try chat.markRead(channel, upTo: last, by: account, in: tx)
      return try ChannelView.find(channel, for: account, in: tx)
    }
    return .json { view.write(to: &$0, for: account, Activity(sessions, withLive: false)) }
  }

  static func list(_ messages: [ChatMessage], isMore: Bool) -> Response {
    .page(ListPage(rows: messages, next: isMore ? messages.last?.id : nil)) { message, json in
      message.write(to: &json)
    }
  }
}

extension HistoryPlace {
  /// Parses `?before=`, `?after=` or `?around=`. Throws 400 when the value is not an id.
  init(_ request: Request) throws(Failure) {
    let asked = ["before", "after", "around"].filter { request.query[$0] != nil }
    guard let name = asked.first else {
      self = .newest
      return
    }
    guard asked.count == 1, let id = request.query[name].flatMap({ Int64(digits: $0) }), id >= 0 else {
      throw .invalid([
        FieldError(
          name, "INVALID_REFERENCE",
          Sentence(
            fr: "Indiquez un seul ID de message : before, after ou around.",
            en: "Provide one message ID: before, after or around."))
      ])
    }
    switch name {
    case "after": self = .after(id)
    case "around": self = .around(id)
    default: self = .before(id)
    }
  }
}
