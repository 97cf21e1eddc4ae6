import HTTP

/// What a frame of the hub is to a client of the Workspace chat.
enum WorkspaceWord: Sendable {
  case say(Frame)
  /// There is no word for a message that changed or went: the client gets its history anew.
  case stale
  /// The session is over.
  case ended
}

/// What the hub says, in the words of the Workspace chat; nothing where it has none.
enum WorkspaceWords {
  static let signedIn = frame("auth:ack") { $0.field("ok", true) }
  static let refused = frame("auth:ack") { $0.field("ok", false) }

  static func words(for frame: HubFrame) -> [WorkspaceWord] {
    switch frame.type {
    case "CHANNEL_JOINED": [.say(history(frame.payload["messages"]?.array ?? []))]
    case "CHAT_MESSAGE": [.say(new(frame.payload))]
    case "PRESENCE": [.say(people(frame.payload["users"]?.array ?? []))]
    case "ERROR":
      [.say(error(frame.payload["code"]?.string ?? "", frame.payload["message"]?.string ?? ""))]
    case "CHAT_DELETED", "CHAT_EDITED": [.stale]
    case "SESSION_ENDED": [.ended]
    default: []
    }
  }

  static func error(_ code: String, _ message: String) -> Frame {
    frame("error") { json in
      json.field("code", code)
      json.field("message", message)
    }
  }

  /// A message as `GET /api/messages` gives it.
  static func write(_ message: ChatMessage, to json: inout JSONWriter) {
    let text = message.text.isEmpty ? message.files.map(\.name).joined(separator: ", ") : message.text
    json.beginObject()
    json.id("id", message.id)
    json.field("pseudo", message.authorName)
    json.field("username", message.authorName)
    json.field("message", text)
    json.field("text", text)
    json.time("created_at", message.createdAt)
    json.endObject()
  }

  /// Oldest first, as they come.
  private static func history(_ messages: [JSONValue]) -> Frame {
    frame("history") { json in
      json.key("messages")
      json.beginArray()
      for message in messages where message["deletedAt"]?.isNull != false {
        json.beginObject()
        json.field("id", message["id"]?.string)
        json.field("pseudo", message["authorName"]?.string)
        json.field("message", text(of: message))
        json.field("created_at", message["createdAt"]?.string)
        json.endObject()
      }
      json.endArray()
    }
  }

  private static func new(_ message: JSONValue) -> Frame {
    frame("message:new") { json in
      json.key("data")
      json.beginObject()
      json.field("id", message["id"]?.string)
      json.field("userId", message["authorId"]?.string)
      json.field("username", message["authorName"]?.string)
      json.field("text", text(of: message))
      json.field("createdAt", message["createdAt"]?.string)
      if let answered = message["replyTo"]?.string { json.field("replyTo", answered) }
      json.endObject()
    }
  }

  /// What was said; of files sent without a word, their names.
  private static func text(of message: JSONValue) -> String {
    let text = message["text"]?.string ?? ""
    guard text.isEmpty else { return text }
    return (message["files"]?.array ?? []).compactMap { $0["fileName"]?.string }.joined(separator: ", ")
  }

  /// Each name once.
  private static func people(_ users: [JSONValue]) -> Frame {
    let names = Set(users.compactMap { $0["name"]?.string }).sorted()
    return frame("userCount") { json in
      json.field("count", names.count)
      json.key("users")
      json.beginArray()
      for name in names { json.value(name) }
      json.endArray()
    }
  }

  private static func frame(_ type: String, _ members: (inout JSONWriter) -> Void) -> Frame {
    var json = JSONWriter(reserve: 512)
    json.beginObject()
    json.field("type", type)
    members(&json)
    json.endObject()
    return Frame(text: json.bytes)
  }
}
