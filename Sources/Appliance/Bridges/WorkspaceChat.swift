import HTTP
import Store

/// The Workspace chat protocol for an older client, translated to ours. Its only room is the channel
/// `general`.
struct WorkspaceChat: Feature {
  /// Number of messages sent to a client that connects.
  static let history = 100

  let database: Database
  let sessions: Sessions
  let chat: Chat
  let sockets: Sockets
  let clock: Clock
  let log: Log
  /// What answers at the same path to who comes without a Bearer.
  let inbox: Route
  private let words: WorkspaceWords
  private let translations: Translations<WorkspaceWord>
  private let room = WorkspaceRoom()

  init(
    database: Database, log: Log, clock: Clock, sockets: Sockets, sessions: Sessions, chat: Chat, inbox: Route
  ) {
    let words = WorkspaceWords { [sessions] in sessions.account($0)?.username }
    self.database = database
    self.sessions = sessions
    self.chat = chat
    self.sockets = sockets
    self.clock = clock
    self.inbox = inbox
    self.log = log
    self.words = words
    translations = Translations { frame, _ in words.words(for: frame) }
  }

  var routes: [Route] {
    [
      .get(
        inbox.path, inbox.access,
        "List your inbox (cookie), or chat messages for the Workspace client (Bearer)",
        response: .either([inbox.response ?? .any, Self.schema]), messages
      ).reading(inbox.query)
    ]
  }

  var dialects: [String: Dialect] {
    let clearing = ClearedChat(database: database, sessions: sessions, chat: chat)
    let dialect: Dialect = { [sockets, chat, log, clock, translations, room] socket, language in
      WorkspaceSession(
        sockets, chat: chat, clearing: clearing, log: log, clock: clock, words: translations, room: room,
        socket: socket, language: language)
    }
    return Dictionary(
      uniqueKeysWithValues: ["auth", "message", "setPseudo", "clearChat"].map { ($0, dialect) })
  }

  private static let schema = Schema.members([
    "success": .boolean, "messages": .array(WorkspaceWords.schema),
  ])

  private func messages(_ request: Request) async throws -> Response {
    guard Authorizer.bearer(of: request) != nil else {
      guard let handler = inbox.handler else { throw Failure.notFound }
      return try await handler(request)
    }
    let account = try request.account()
    let paging = try Paging(request)
    let general = chat.directory.general
    guard chat.directory[general]?.mayRead(account.id) == true else { throw Failure.channelNotFound }
    let page = try await database.read { connection in
      try Chat.history(of: general, .before(paging.before), limit: paging.limit, in: connection)
    }
    return .json { json in
      json.object { json in
        json.field("success", true)
        json.array("messages") { json in
          for message in page where !message.isDeleted { words.write(message, to: &json) }
        }
      }
    }
  }
}
