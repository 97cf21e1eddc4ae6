import HTTP
import Store

/// Routes on one message: edit, delete, pin, reactions.
extension MessagesFeature {
  var messageRoutes: [Route] {
    let path = "/api/chat/messages/:id"
    let reaction = path + "/reactions/:emoji"
    let change = Schema.members(
      [:], optional: ["text": .described("new text; author only", .string), "pinned": .boolean])
    let message = ChatMessage.schema
    return [
      .get(path, .signedIn, "Get a message", response: message, get),
      .patch(
        path, .signedIn, "Edit your message, or pin a message", request: change, response: message,
        self.change),
      .put(
        path, .signedIn, "Edit your message, or pin a message", request: change, response: message,
        self.change),
      .delete(path, .signedIn, "Delete a message; a placeholder remains", response: .done, delete),
      .put(reaction, .signedIn, "React to a message", response: message, react),
      .delete(reaction, .signedIn, "Remove your reaction", response: .done, unreact),
    ]
  }

  private func get(_ request: Request) async throws -> Response {
    let account = try request.account()
    let id = try messageID(request)
    let found = try await database.read { try ChatMessage.find(id, in: $0) }
    guard let message = found, chat.directory[message.channel]?.mayRead(account.id) == true else {
      throw Failure.messageNotFound
    }
    return .json { message.write(to: &$0) }
  }

  private func change(_ request: Request) async throws -> Response {
    let account = try request.account()
    let id = try messageID(request)
    let body = try request.json()
    let isPinned = body["pinned"]?.bool
    guard body["text"] != nil || isPinned != nil else {
      throw Failure.invalid([
        FieldError(
          "text", "MISSING", Sentence(fr: "Indiquez text ou pinned.", en: "Provide text or pinned."))
      ])
    }
    let text = try body["text"].map { text throws(Failure) in try Draft.text(text, mayBeEmpty: true) }
    let changed = try await database.write { [chat] tx in
      let edited = try text.map { try chat.edit(id, text: $0, by: account, in: tx) }
      let pinned = try isPinned.map { try chat.pin(id, $0, by: account, in: tx) }
      return pinned ?? edited
    }
    guard let changed else { throw Failure.messageNotFound }
    return .json { changed.write(to: &$0) }
  }

  private func delete(_ request: Request) async throws -> Response {
    let account = try request.account()
    let id = try messageID(request)
    try await database.write { [chat] tx in
      _ = try chat.delete(id, by: account, in: tx)
    }
    return .done(Sentence(fr: "Message supprimé.", en: "Message deleted."), for: request)
  }

  private func react(_ request: Request) async throws -> Response {
    let message = try await react(request, add: true)
    return .json { message.write(to: &$0) }
  }

  private func unreact(_ request: Request) async throws -> Response {
    _ = try await react(request, add: false)
    return .done(Sentence(fr: "Réaction retirée.", en: "Reaction removed."), for: request)
  }

  private func react(_ request: Request, add: Bool) async throws -> ChatMessage {
    let account = try request.account()
    let id = try messageID(request)
    let emoji = request.parameter("emoji")
    return try await database.write { [chat] tx in
      try chat.react(id, emoji, add: add, by: account, in: tx)
    }
  }

  private func messageID(_ request: Request) throws(Failure) -> Int64 {
    guard let id = Int64(digits: request.parameter("id")), id > 0 else { throw Failure.messageNotFound }
    return id
  }
}
