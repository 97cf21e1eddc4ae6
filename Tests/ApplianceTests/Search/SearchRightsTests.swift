import HTTP
import Testing

@testable import Appliance

/// The search finds exactly what its asker may read: each kind of row, by each role.
@Suite(.timeLimit(.minutes(30))) struct SearchRightsTests {
  /// A row with the word in its title, and where it is read.
  private struct Row: Hashable {
    let kind: String
    let id: String
    let path: String
  }

  /// "holder" is an employee with all permissions that can be delegated; Lea and Sam are employees.
  private static func people(_ test: TestAppliance) async throws -> [(name: String, client: TestClient)] {
    let people = [
      ("lea", try await test.person("lea")), ("sam", try await test.person("sam")),
      ("holder", try await test.person("holder")),
      ("moderator", try await test.person("moderator", role: .moderator)),
      ("admin", try await test.person("admin", role: .admin)),
    ]
    for permission in Permission.allCases { try await test.delegate(permission, to: "holder") }
    return people
  }

  private static let audiences: [JSONValue] = [[], ["role:moderator"], ["role:admin"]]

  /// Rows of the tables that are data: for everyone, for a role, for Lea, not published, and deleted.
  private static func rows(of resource: Resource, by boss: TestClient, lea: Int64) async throws -> [Row] {
    var bodies = [resource.least(1)]
    for column in resource.writable {
      switch column.kind {
      case .audience:
        bodies += (audiences + [[.string("user:\(lea)")]]).map { with(column, $0, resource) }
      case .flag: bodies += [true, false].map { with(column, $0, resource) }
      case .choice(let choices): bodies += choices.map { with(column, .string($0.word), resource) }
      case .time where column.initial != nil && !column.name.hasPrefix("end"):
        bodies.append(with(column, "2099-01-01T10:00:00Z", resource))
      default: break
      }
    }
    var rows: [Row] = []
    for (number, body) in bodies.enumerated() {
      var body = body
      if let title = resource.searched.first { body[title.name] = .string("Zébulon \(number)") }
      let made = try await boss.post(resource.path, .object(body))
      #expect(made.status == 201, "\(resource.name): \(made.text)")
      let id = made.json["id"]?.string ?? ""
      rows.append(Row(kind: resource.name, id: id, path: "\(resource.path)/\(id)"))
    }
    let deleted = try #require(rows.last)
    _ = try await boss.delete(deleted.path)
    return rows
  }

  /// A quiz in a course for everyone, one in a draft, and a deleted one.
  private static func quizzes(_ boss: TestClient) async throws -> [Row] {
    let draft = try await boss.post("/api/courses", ["title": "Draft"]).json["id"]?.string ?? ""
    var rows: [Row] = []
    for course in [Resource.reference, draft, Resource.reference] {
      let made = try await boss.post("/api/quizzes", ["title": "Zébulon", "courseId": .string(course)])
      #expect(made.status == 201, "\(made.text)")
      let id = made.json["id"]?.string ?? ""
      rows.append(Row(kind: "quizzes", id: id, path: "/api/quizzes/\(id)"))
    }
    if let last = rows.last { _ = try await boss.delete(last.path) }
    return rows
  }

  private static func with(_ column: Column, _ value: JSONValue, _ resource: Resource) -> [String: JSONValue]
  {
    resource.least(1).merging([column.name: value]) { $1 }
  }

  /// Rows of the other kinds, of Lea unless it says otherwise.
  private static func otherRows(_ test: TestAppliance, _ lea: TestClient, _ boss: TestClient) async throws
    -> [Row]
  {
    var rows: [Row] = []
    func add(_ kind: String, _ answer: TestClient.Answer, _ path: (String) -> String) {
      let id = answer.json["id"]?.string ?? answer.json["vm"]?["id"]?.string ?? ""
      #expect([201, 202].contains(answer.status) && !id.isEmpty, "\(kind): \(answer.text)")
      rows.append(Row(kind: kind, id: id, path: path(id)))
    }
    for client in [lea, boss] {
      add(
        "complaints", try await client.post("/api/complaints", ["title": "Zébulon", "description": "x"])
      ) { "/api/complaints/\($0)" }
      add(
        "messages",
        try await client.post(
          "/api/messages",
          ["recipientId": .string(String(try await test.id("sam"))), "subject": "Zébulon", "content": "x"])
      ) { "/api/messages/item/\($0)" }
    }
    add("machines", try await lea.post("/api/vms", tinyMachine.with("name", "zebulon"))) { "/api/vms/\($0)" }
    for (username, isActive) in [("zebulon1", true), ("zebulon2", false)] {
      let made = try await boss.post(
        "/api/users",
        ["username": .string(username), "name": "Zébulon", "password": "a long one, for the test 7"])
      let id = made.json["id"]?.string ?? ""
      if !isActive { _ = try await boss.send("PATCH", "/api/users/\(id)", ["isActive": false]) }
      rows.append(Row(kind: "people", id: id, path: "/api/users/\(id)"))
    }
    rows += try await forumRows(lea, boss)
    for type in ["public", "private"] {
      let channel = try await lea.post(
        "/api/chat/channels", ["type": .string(type), "name": .string("of \(type)")])
      let path = "/api/chat/channels/\(channel.json["id"]?.string ?? "")/messages"
      let posted = try await lea.post(path, ["text": "Zébulon"])
      let id = posted.json["id"]?.string ?? ""
      #expect(!id.isEmpty, "\(posted.text)")
      rows.append(Row(kind: "chat", id: id, path: path + "?around=\(id)"))
    }
    return rows
  }

  /// Topics and posts of the forum in a category for everyone, one for moderators and one that is not visible; and a
  /// topic that was deleted.
  private static func forumRows(_ lea: TestClient, _ boss: TestClient) async throws -> [Row] {
    var rows: [Row] = []
    for category in [
      ["name": "A"], ["name": "B", "permissions": ["role:moderator"]], ["name": "C", "isVisible": false],
    ]
      as [JSONValue]
    {
      let id = try await boss.post("/api/forum/categories", category).json["id"] ?? .null
      for (number, author) in [boss, lea].enumerated() {
        let topic = try await author.post(
          "/api/forum/topics",
          ["categoryId": id, "title": .string("Zébulon \(number)"), "content": "Zébulon"])
        guard let made = topic.json["id"]?.string else { continue }
        rows.append(Row(kind: "forum-topics", id: made, path: "/api/forum/topics/\(made)"))
        let posts = try await author.get("/api/forum/posts/\(made)").json.array ?? []
        let post = posts.first?["id"]?.string ?? ""
        rows.append(Row(kind: "forum-posts", id: post, path: "/api/forum/posts/item/\(post)"))
      }
    }
    // Its first post is gone for everyone, and moderators may still open the topic: it is compared for nobody.
    let gone = try await boss.post(
      "/api/forum/topics", ["categoryId": "1", "title": "Zébulon", "content": "Zébulon"])
    _ = try await boss.delete("/api/forum/topics/\(gone.json["id"]?.string ?? "")")
    return rows
  }

  @Test func `each role finds exactly the rows of each kind that it may read`() async throws {
    try await TestAppliance.run { test in
      let people = try await Self.people(test)
      let (lea, boss) = (people[0].client, people[4].client)
      var rows = try await Self.otherRows(test, lea, boss)
      for resource in test.appliance.tables where resource.searchSource(test.appliance.settings) != nil {
        try await resource.prepare(test)
        rows += try await Self.rows(of: resource, by: boss, lea: test.id("lea"))
      }
      rows += try await Self.quizzes(boss)
      // Of the employees, Lea alone reads lessons.
      #expect(try await lea.post("/api/enroll/\(Resource.reference)").status == 201)
      let kinds = test.appliance.searchSources.map(\.kind) + ["chat"]
      #expect(Set(rows.map(\.kind)) == Set(kinds))
      for (name, client) in people {
        var counts: [String: Int] = [:]
        for kind in kinds {
          let answer = try await client.get("/api/search?q=zebul&limit=50&kind=\(kind)")
          let found = Set(answer.json.array?.compactMap { $0["id"]?.string } ?? [])
          for row in rows where row.kind == kind {
            let isReadable = try await client.get(row.path).status == 200
            #expect(found.contains(row.id) == isReadable, "\(name): \(row.path) is read: \(isReadable)")
            if isReadable { counts[kind, default: 0] += 1 }
          }
        }
        if name == "admin" { #expect(Set(counts.keys) == Set(kinds)) }
      }
    }
  }
}
