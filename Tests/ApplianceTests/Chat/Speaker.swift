import HTTP
import Testing

@testable import Appliance

/// A person with an open socket.
struct Speaker: Sendable {
  let id: Int64
  let token: String
  let socket: TestWebSocket

  /// Joins a channel and returns the first answer.
  @discardableResult
  func join(_ channel: JSONValue, _ more: [String: JSONValue] = [:]) async throws -> JSONValue {
    try socket.send("JOIN_CHANNEL", .object(more.merging(["channel": channel]) { $1 }))
    return try await socket.next("CHANNEL_JOINED")
  }

  /// Posts a message, waits for the answer and returns the message's id.
  @discardableResult
  func say(
    _ text: String, in channel: JSONValue = "general", _ more: [String: JSONValue] = [:]
  ) async throws -> Int64 {
    let body: [String: JSONValue] = ["channel": channel, "text": .string(text)]
    try socket.send("CHAT_MESSAGE", .object(more.merging(body) { $1 }))
    return try #require(try await socket.next("CHAT_ACK")["id"]?.number)
  }

  /// Sends a command and returns its error code.
  func refusal(_ type: String, _ payload: JSONValue) async throws -> String? {
    try socket.send(type, payload)
    return try await socket.next("ERROR")["code"]?.string
  }

  /// All frames up to the point where every earlier command is done or refused.
  func outcome() async throws -> [JSONValue] {
    try socket.send("MARK_READ", ["channel": "general", "id": 0])
    var frames: [JSONValue] = []
    while let frame = await socket.next() {
      if frame["type"]?.string == "READ", frame["payload"]?["userId"]?.number == id { return frames }
      frames.append(frame)
    }
    throw TestClient.Broken(reason: "the socket ended")
  }

  /// The types of all frames up to the answer to a heartbeat sent now.
  func heard() async throws -> [String] { try await frames().compactMap { $0["type"]?.string } }

  /// All frames up to the answer to a heartbeat sent now, except presence.
  func frames() async throws -> [JSONValue] {
    try socket.send("HEARTBEAT")
    var frames: [JSONValue] = []
    while let frame = await socket.next() {
      switch frame["type"]?.string {
      case "HEARTBEAT_ACK": return frames
      case "PRESENCE", "USER_STATUS": break
      default: frames.append(frame)
      }
    }
    throw TestClient.Broken(reason: "the socket ended")
  }
}

extension JSONValue {
  /// An id as the API writes it.
  var number: Int64? { string.flatMap { Int64($0) } }

  static func id(_ id: Int64) -> JSONValue { .string(String(id)) }

  var messageIDs: [Int64] { self["messages"]?.array?.compactMap { $0["id"]?.number } ?? [] }
}

extension TestAppliance {
  /// Creates people with an account and an open socket.
  func speakers(_ names: String..., role: Role = .employee) async throws -> [Speaker] {
    let ids = try await accounts(names, role: role)
    var speakers: [Speaker] = []
    for id in ids { speakers.append(try await speaker(id)) }
    return speakers
  }

  /// Another socket and session of a person.
  func speaker(_ id: Int64) async throws -> Speaker {
    let token = try await appliance.database.write { [sessions = appliance.sessions] tx in
      guard let account = try Account.find(id, in: tx) else { throw TestClient.Broken(reason: "nobody") }
      return try sessions.open(for: account, workstation: 0, address: "127.0.0.1", agent: "test", in: tx)
    }
    return try await speaker(id, token: token)
  }

  /// Another socket of a session or an API token.
  func speaker(_ id: Int64, token: String) async throws -> Speaker {
    let socket = try await TestWebSocket.open(self, token: token)
    _ = try await socket.next("AUTHENTICATED")
    return Speaker(id: id, token: token, socket: socket)
  }

  /// Creates a channel in the database and the directory. A private one gets an admin, since otherwise the
  /// retention job would appoint one.
  func channel(
    _ kind: Channel.Kind, _ name: String = "", of people: [Int64], admins: Set<Int64> = [], slow: Int64 = 0
  ) async throws -> JSONValue {
    let admins = kind == .private && admins.isEmpty ? Set(people.suffix(1)) : admins
    let id = try await appliance.database.write { [chat = appliance.chat] tx in
      try tx.execute(
        "INSERT INTO channels (kind, name, created_at, updated_at, slow_seconds) VALUES (?, ?, ?, ?, ?)",
        kind.rawValue, name, tx.now, tx.now, slow)
      let id = tx.lastInsertedID
      for person in people {
        try tx.execute(
          "INSERT INTO channel_members (channel_id, user_id, role, joined_at) VALUES (?, ?, ?, ?)", id,
          person,
          admins.contains(person) ? "admin" : "member", tx.now)
      }
      try chat.directory.refresh(id, in: tx)
      return id
    }
    return .id(id)
  }

  /// Changes a channel by SQL, in the same way as a route.
  func change(_ channel: JSONValue, by actor: Int64? = nil, _ sql: String) async throws {
    let id = try #require(channel.number)
    try await appliance.database.write { [chat = appliance.chat] tx in
      try tx.executeScript(sql.replacing("?", with: String(id)))
      try chat.directory.refresh(id, by: actor, in: tx)
    }
  }

  func remove(_ person: Int64, from channel: JSONValue, by actor: Int64? = nil) async throws {
    try await change(
      channel, by: actor, "DELETE FROM channel_members WHERE channel_id = ? AND user_id = \(person)")
  }

  /// The ids of all messages of a channel, oldest first.
  func stored(_ channel: JSONValue) async throws -> [Int64] {
    let id = channel.number ?? appliance.chat.directory.general
    return try await appliance.database.read { connection in
      try connection.query(
        "SELECT id FROM chat_messages WHERE channel_id = ? ORDER BY id", id, map: { $0.int64(0) })
    }
  }
}
