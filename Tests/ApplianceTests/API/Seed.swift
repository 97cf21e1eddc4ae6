import HTTP
import Testing

@testable import Appliance

/// An appliance with something of everything in it, and what its ids are.
struct Seed: Sendable {
  let boss: TestClient
  /// Owns the machine.
  let lea: TestClient
  /// Lea's id.
  let person: String
  /// Not signed in, at a workstation of its own.
  private let stranger: TestClient
  /// What stands for the parameter of a path that begins like this; the first one counts.
  private var ids: [(prefix: String, id: String)] = []

  init(_ test: TestAppliance) async throws {
    boss = try await test.person("boss", role: .admin)
    lea = try await test.person("lea")
    stranger = test.client(at: "stranger")
    person = String(try await test.id("lea"))
    try await addMachine(test)
    try await addChat(test)
    try await addPeople(test)
    try await addOwn(test)
    for resource in test.appliance.tables {
      try await resource.prepare(test)
      let gone = try await boss.post(resource.path, resource.sample(2)).json["id"]?.string ?? ""
      _ = try await boss.delete("\(resource.path)/\(gone)")
      try note(resource.path, try await boss.post(resource.path, resource.sample(1)).json["id"])
    }
  }

  /// The id of a path; throws where an answer had none.
  private mutating func note(_ prefix: String, _ id: JSONValue?) throws {
    ids.append((prefix, try #require(id?.string, "\(prefix)")))
  }

  /// The id of an item of a path.
  func id(_ prefix: String) -> JSONValue {
    .string(ids.first { $0.prefix == prefix }?.id ?? "")
  }

  private mutating func addMachine(_ test: TestAppliance) async throws {
    let made = try await lea.post("/api/vms", tinyMachine).json
    try note("/api/vms", made["vm"]?["id"])
    try note("/api/jobs", made["job"]?["id"])
    let machine = try #require(made["vm"]?["id"]?.string)
    _ = try await test.until(lea, "/api/vms/\(machine)") { $0.json["vm"]?["status"]?.string == "running" }
    try await test.appliance.database.write { tx in
      for id in [LoadSeries.host, Int64(machine) ?? 0] {
        try LoadSeries.insert(LoadSample(cpu: 1, ram: 2.5, disk: 3), of: id, in: tx)
      }
    }
    let mails = try await lea.get("/api/mailbox").json.array ?? []
    try note("/api/mailbox", mails.first { $0["subject"]?.string?.contains("web-01") == true }?["id"])
  }

  private mutating func addChat(_ test: TestAppliance) async throws {
    let channel = try await test.made("public", by: boss, with: ["lea"])
    _ = try await test.made("direct", by: boss, with: ["lea"])
    let first = try await test.said("hello @boss", in: channel, by: lea)
    let file = try await boss.send("POST", "/api/uploads", content: Array("notes".utf8), type: "text/plain")
    let url = try #require(file.json["fileUrl"])
    _ = try await boss.post(
      "/api/chat/channels/\(channel)/messages",
      ["text": "yes", "replyTo": .string(String(first)), "files": [url]])
    _ = try await lea.send("PUT", "/api/chat/messages/\(first)/reactions/%F0%9F%91%8D")
    _ = try await boss.send("PATCH", "/api/chat/messages/\(first)", ["pinned": true])
    let list = try await boss.get("/api/chat/channels").json.array ?? []
    let general = try #require(list.first { $0["isGeneral"]?.bool == true }?["id"]?.string)
    try await test.said("good morning", in: general, by: boss)
    let free = try await boss.send("POST", "/api/uploads", content: Array("free".utf8), type: "text/plain")
    try note(
      "/api/uploads", free.json["fileUrl"]?.string?.split(separator: "/").last.map { .string(String($0)) })
    let picture = try await test.upload(FileSamples.png(8, 8), as: boss)
    _ = try await boss.put("/api/profile", ["avatar": .string(picture)])
    try note("/api/chat/channels", .string(channel))
    try note("/api/chat/messages", .string(String(first)))
    try note("/api/notifications", try await boss.get("/api/notifications").json[0]?["id"])
  }

  private mutating func addPeople(_ test: TestAppliance) async throws {
    _ = try await test.person("sam")
    let invited = try await boss.post("/api/admin/users", ["email": "ida@example.org"])
    try note("/api/admin/users/:id/invite", invited.json["id"])
    _ = try await boss.post("/api/permissions", ["userId": .string(person), "permission": "manage_events"])
    for path in ["/api/users", "/api/permissions", "/api/admin/users", "/api/admin/permission-check"] {
      try note(path, .string(person))
    }
    try note("/api/admin/quotas", "employee")
    let sam = try await test.id("sam")
    try note("/api/admin/sessions", try await boss.get("/api/admin/sessions?userId=\(sam)").json[0]?["id"])
  }

  private mutating func addOwn(_ test: TestAppliance) async throws {
    let token: JSONValue = ["name": "probe", "password": .string(TestAppliance.password)]
    try note("/api/tokens", try await boss.post("/api/tokens", token).json["id"])
    try note("/api/sessions", try await boss.get("/api/sessions").json[0]?["id"])
    _ = try await boss.put("/api/user/settings", ["theme": "dark", "language": "en"])
    _ = try await lea.put("/api/profile", ["email": "lea@new.example.org"])
    _ = try await stranger.post("/api/monitoring/errors", ["errorMessage": "it broke"])
  }

  /// Who may ask for a route.
  func client(for route: Route) -> TestClient {
    if case .everyone = route.access, route.method != .get { return stranger }
    return route.path.hasPrefix("/api/vms") || route.path.hasPrefix("/api/mailbox") ? lea : boss
  }

  /// The path of a route with something that is there in each place.
  func path(_ route: Route) -> String {
    let id = ids.first { route.path.hasPrefix($0.prefix) }?.id ?? "1"
    return route.path.split(separator: "/").map { segment in
      switch segment {
      case ":index": "/0"
      case ":permission": "/manage_events"
      case ":emoji": "/%F0%9F%91%8D"
      case ":userId": "/\(person)"
      case _ where segment.hasPrefix(":"): "/\(id)"
      default: "/\(segment)"
      }
    }.joined()
  }
}
