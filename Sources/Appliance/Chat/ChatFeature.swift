import HTTP
import Store

/// Chat commands over sockets.
struct ChatFeature: Feature {
  let log: Log
  let database: Database
  let sockets: Sockets
  let chat: Chat

  var frameHandlers: [String: FrameHandler] {
    [
      "JOIN_CHANNEL": handler(mustWrite: false, join),
      "LEAVE_CHANNEL": handler(mustWrite: false, leave),
      "TYPING_START": handler(mustWrite: true) { try typing(true, $0) },
      "TYPING_STOP": handler(mustWrite: true) { try typing(false, $0) },
      "CHAT_MESSAGE": handler(mustWrite: true, post),
      "CHAT_EDIT": handler(mustWrite: true, edit),
      "CHAT_DELETE": handler(mustWrite: true, delete),
      "CHAT_REACTION": handler(mustWrite: true, react),
      "CHAT_PIN": handler(mustWrite: true, pin),
      "MARK_READ": handler(mustWrite: true, markRead),
    ]
  }

  private func handler(
    mustWrite: Bool, _ command: @escaping @Sendable (ChatCommand) throws -> Void
  ) -> FrameHandler {
    { [database, chat, log] subscriber, payload in
      guard let wanted = ChatCommand(subscriber, payload, database, chat, log) else { return }
      do {
        if mustWrite, subscriber.isReadOnly { throw Failure.tokenReadOnly }
        try command(wanted)
      } catch {
        wanted.refuse(error)
      }
    }
  }

  private func join(_ command: ChatCommand) throws {
    let channel = try command.channel()
    guard channel.mayRead(command.account.id) else { throw Failure.channelNotFound }
    let cursor = try Self.cursor(command.payload)
    guard let (feed, ticket) = chat.feeds.join(channel.id, command.subscriber) else {
      return command.subscriber.refuse("TOO_MANY_TOPICS") { $0.id("channel", channel.id) }
    }
    ChannelJoin(
      sockets, database, chat, feed, ticket: ticket, command.subscriber, account: command.account.id,
      failed: command.refuse
    ).run(from: cursor)
  }

  private func leave(_ command: ChatCommand) throws {
    let channel = try command.channel()
    guard chat.feeds.leave(channel.id, command.subscriber) else {
      // Without permission to read it, the channel appears not to exist.
      if !channel.mayRead(command.account.id) { throw Failure.channelNotFound }
      return
    }
    command.subscriber.send(ChannelFeeds.left(channel.id, "LEFT"))
  }

  private func typing(_ isTyping: Bool, _ command: ChatCommand) throws {
    let channel = try command.channel()
    guard channel.mayRead(command.account.id) else { throw Failure.channelNotFound }
    if channel.isArchived { throw Failure.channelArchived }
    if isTyping {
      chat.typing.begins(command.account, in: channel.id)
    } else {
      chat.typing.ends(command.account.id, in: channel.id)
    }
  }

  private func post(_ command: ChatCommand) throws {
    let draft = try Draft(command.payload)
    let channel = try command.channel().id
    let author = command.account
    database.write(
      { [chat] tx in try chat.post(draft, to: channel, by: author, in: tx) },
      then: { [chat] result in
        switch result {
        case .success(let posted):
          chat.typing.ends(author.id, in: channel)
          command.subscriber.send(Self.acknowledgement(of: posted.message, draft.clientID))
        case .failure(let error): command.refuse(error)
        }
      })
  }

  private func edit(_ command: ChatCommand) throws {
    let id = try command.id("id")
    guard let text = command.payload["text"]?.string else { throw Failure.messageEmpty }
    command.write { chat, account, tx in _ = try chat.edit(id, text: text, by: account, in: tx) }
  }

  private func delete(_ command: ChatCommand) throws {
    let id = try command.id("id")
    command.write { chat, account, tx in try chat.delete(id, by: account, in: tx) }
  }

  private func react(_ command: ChatCommand) throws {
    let id = try command.id("id")
    guard let emoji = command.payload["emoji"]?.string else { throw Failure.emojiInvalid }
    let add = command.payload["add"]?.bool
    command.write { chat, account, tx in _ = try chat.react(id, emoji, add: add, by: account, in: tx) }
  }

  private func pin(_ command: ChatCommand) throws {
    let id = try command.id("id")
    let isPinned = command.payload["pinned"]?.bool ?? true
    command.write { chat, account, tx in _ = try chat.pin(id, isPinned, by: account, in: tx) }
  }

  private func markRead(_ command: ChatCommand) throws {
    let channel = try command.channel().id
    let id = try command.id("id", orZero: true)
    command.write { chat, account, tx in try chat.markRead(channel, upTo: id, by: account, in: tx) }
  }

  /// The client's position in the channel. Throws 400 for values that are not numbers.
  private static func cursor(_ payload: JSONValue) throws(Failure) -> JoinCursor {
    func number(_ name: String) throws(Failure) -> Int64? {
      switch payload[name] {
      case nil, .null?, .string("")?: return nil
      case let value?:
        guard let number = value.int64 ?? value.string.flatMap({ Int64(digits: $0) }), number >= 0 else {
          throw Failure.malformedFrame
        }
        return number
      }
    }
    let since = try number("since")
    let limit = try number("limit") ?? (since == nil ? 50 : Int64(JoinPage.most))
    return JoinCursor(
      since: since, revision: try number("revision"), limit: Int(min(max(limit, 1), Int64(JoinPage.most))))
  }

  private static func acknowledgement(of message: ChatMessage, _ clientID: String?) -> [UInt8] {
    Frames.encode("CHAT_ACK") { json in
      json.object { json in
        json.field("clientId", clientID)
        json.id("id", message.id)
        json.id("channel", message.channel)
        json.time("createdAt", message.createdAt)
      }
    }
  }
}
