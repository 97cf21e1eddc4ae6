import HTTP

/// A frame of the hub as translated for the Workspace chat.
enum WorkspaceWord: Sendable {
  case send(Frame)
  /// A message was changed or deleted, for which the protocol has no event: the history is sent again.
  case stale
  /// The session has ended.
  case ended
}

/// Translates frames of the hub into the Workspace chat's protocol; some have no equivalent.
///
/// People are identified by username, which the client compares with its own.
struct WorkspaceWords: Sendable {
  /// The username of an account; nil when it was deleted.
  let username: @Sendable (Int64) -> String?

  static let signedIn = frame("auth:ack") { $0.field("ok", true) }
  static let refused = frame("auth:ack") { $0.field("ok", false) }

  func words(for frame: HubFrame) -> [WorkspaceWord] {
    switch frame.type {
    case "CHANNEL_JOINED": [.send(history(frame.payload["messages"]?.array ?? []))]
    case "CHAT_MESSAGE": [.send(new(frame.payload))]
    case "PRESENCE": [.send(Self.people(frame.payload["users"]?.array ?? []))]
    case "ERROR":
      [.send(Self.error(frame.payload["code"]?.string ?? "", frame.payload["message"]?.string ?? ""))]
    case "CHAT_DELETED", "CHAT_EDITED": [.stale]
    case "SESSION_ENDED": [.ended]
    default: []
    }
  }

  /// The event that says who cleared the chat, and when.
  static func cleared(by username: String, at time: Int64) -> Frame {
    frame("chatCleared") { json in
      json.field("clearedBy", username)
      json.time("timestamp", time)
    }
  }

  static func error(_ code: String, _ message: String) -> Frame {
    frame("error") { json in
      json.field("code", code)
      json.field("message", message)
    }
  }

  static let schema = Schema.members([
    "id": .id, "pseudo": .string, "username": .string, "message": .string, "text": .string,
    "created_at": .time,
  ])

  /// A message as returned by `GET /api/messages`.
  func write(_ message: ChatMessage, to json: inout JSONWriter) {
    let author = author(message.authorID, message.authorName)
    let text = message.text.isEmpty ? message.files.map(\.name).joined(separator: ", ") : message.text
    json.object { json in
      json.id("id", message.id)
      json.field("pseudo", author)
      json.field("username", author)
      json.field("message", text)
      json.field("text", text)
      json.time("created_at", message.createdAt)
    }
  }

  /// Expects the messages oldest first.
  private func history(_ messages: [JSONValue]) -> Frame {
    Self.frame("history") { json in
      json.array("messages") { json in
        for message in messages where message["deletedAt"]?.isNull != false {
          json.object { json in
            json.field("id", message["id"]?.string)
            json.field("pseudo", author(of: message))
            json.field("message", Self.text(of: message))
            json.field("created_at", message["createdAt"]?.string)
          }
        }
      }
    }
  }

  private func new(_ message: JSONValue) -> Frame {
    Self.frame("message:new") { json in
      json.object("data") { json in
        json.field("id", message["id"]?.string)
        json.field("userId", message["authorId"]?.string)
        json.field("username", author(of: message))
        json.field("text", Self.text(of: message))
        json.field("createdAt", message["createdAt"]?.string)
        if let answered = message["replyTo"]?.string { json.field("replyTo", answered) }
      }
    }
  }

  /// The message's text; for files without text, their names.
  private static func text(of message: JSONValue) -> String {
    let text = message["text"]?.string ?? ""
    guard text.isEmpty else { return text }
    return (message["files"]?.array ?? []).compactMap { $0["fileName"]?.string }.joined(separator: ", ")
  }

  private func author(of message: JSONValue) -> String {
    author(
      message["authorId"]?.string.flatMap { Int64($0) }, message["authorName"]?.string ?? "")
  }

  /// The author's username; for a deleted account a name that cannot be a username.
  private func author(_ id: Int64?, _ name: String) -> String { id.flatMap(username) ?? "(\(name))" }

  /// The people of a list, without duplicates.
  private static func people(_ users: [JSONValue]) -> Frame {
    let names = Set(users.compactMap { $0["username"]?.string }).sorted()
    return frame("userCount") { json in
      json.field("count", names.count)
      json.array("users") { json in
        for name in names { json.value(name) }
      }
    }
  }

  private static func frame(_ type: String, _ members: (inout JSONWriter) -> Void) -> Frame {
    var json = JSONWriter(reserve: 512)
    json.object { json in
      json.field("type", type)
      members(&json)
    }
    return Frame(text: json.bytes)
  }
}
