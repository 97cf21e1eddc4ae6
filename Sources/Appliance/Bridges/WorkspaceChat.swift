import HTTP
import Store

/// The Workspace chat for an older client: its words, translated. Its one room is the channel `general`.
struct WorkspaceChat: Feature {
  /// How many messages a client gets when it comes.
  static let history = 100

  let appliance: Appliance
  private let words: WorkspaceWords
  private let translations: Translations<WorkspaceWord>
  private let room = WorkspaceRoom()

  init(_ appliance: Appliance) {
    let words = WorkspaceWords { [sessions = appliance.sessions] in sessions.account($0)?.username }
    self.appliance = appliance
    self.words = words
    translations = Translations { frame, _ in words.words(for: frame) }
  }

  var routes: [Route] {
    [.get("/api/messages", .signedIn, "List chat messages for the Workspace client (Bearer)", messages)]
  }

  func start() async throws {
    appliance.speak(["auth", "message", "setPseudo", "clearChat"]) {
      [appliance, translations, room] socket, language in
      WorkspaceSession(appliance, words: translations, room: room, socket: socket, language: language)
    }
  }

  private func messages(_ request: Request) async throws -> Response {
    guard Authorizer.bearer(of: request) != nil else { throw Failure.notFound }
    let account = try request.account()
    let paging = try Paging(request)
    let general = appliance.chat.directory.general
    guard appliance.chat.directory[general]?.mayRead(account.id) == true else { throw ChatRefusal.noChannel }
    let page = try await appliance.database.read { connection in
      try Chat.history(of: general, .before(paging.before), limit: paging.limit, in: connection)
    }
    return .json { json in
      json.beginObject()
      json.field("success", true)
      json.key("messages")
      json.beginArray()
      for message in page where !message.isDeleted { words.write(message, to: &json) }
      json.endArray()
      json.endObject()
    }
  }
}
