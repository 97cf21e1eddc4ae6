import HTTP

/// An event concerning a message.
enum ChatEvent: Sendable {
  case posted(ChatMessage)
  case edited(ChatMessage)
  case deleted(ChatMessage)
  case reacted(ChatMessage, emoji: String, user: Int64, added: Bool)
  case pinned(ChatMessage)

  /// The message after the event.
  var message: ChatMessage {
    switch self {
    case .posted(let message), .edited(let message), .deleted(let message), .pinned(let message),
      .reacted(let message, _, _, _):
      message
    }
  }

  var number: FeedNumber {
    if case .posted(let message) = self { .message(message.id) } else { .revision(message.revision) }
  }

  /// The encoded frame for `/ws`.
  var frame: [UInt8] {
    switch self {
    case .posted(let message): Frames.encode("CHAT_MESSAGE") { message.write(to: &$0) }
    case .edited(let message): Frames.encode("CHAT_EDITED") { message.write(to: &$0) }
    case .deleted(let message):
      Self.change("CHAT_DELETED", of: message) { json in
        json.time("deletedAt", message.deletedAt)
        json.optionalID("deletedBy", message.deletedBy)
      }
    case .reacted(let message, let emoji, let user, let added):
      Self.change("CHAT_REACTION", of: message) { json in
        json.field("emoji", emoji)
        json.id("userId", user)
        json.field("added", added)
        message.writeReactions(to: &json)
      }
    case .pinned(let message):
      Self.change("CHAT_PINNED", of: message) { json in
        json.time("pinnedAt", message.pinnedAt)
        json.optionalID("pinnedBy", message.pinnedBy)
      }
    }
  }

  private static func change(
    _ type: String, of message: ChatMessage, _ details: (inout JSONWriter) -> Void
  ) -> [UInt8] {
    Frames.encode(type) { json in
      json.object { json in
        json.id("channel", message.channel)
        json.id("id", message.id)
        details(&json)
        json.field("revision", message.revision)
      }
    }
  }
}
