import HTTP
import Store
import Testing

@testable import Appliance

/// Runs the same tests for all resources, so that a new one needs none of its own.
@Suite(.timeLimit(.minutes(30))) struct EveryResourceTests {
  private static func each(
    _ body: (Resource, TestAppliance, TestClient, TestClient) async throws -> Void
  ) async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let lea = try await test.person("lea")
      #expect(test.appliance.tables.count > 1)
      for resource in test.appliance.tables {
        try await resource.prepare(test)
        try await body(resource, test, boss, lea)
      }
    }
  }

  @Test func `without sign-in or permission nothing can be changed`() async throws {
    try await Self.each { resource, test, boss, lea in
      let made = try await boss.post(resource.path, resource.sample(1))
      let one = resource.path + "/" + (made.json["id"]?.string ?? "")
      for (verb, method, path) in [
        (Resource.Verb.list, "GET", resource.path), (.get, "GET", one), (.create, "POST", resource.path),
        (.change, "PATCH", one), (.change, "PUT", one), (.delete, "DELETE", one),
      ] {
        let body = method == "GET" ? nil : resource.sample(2)
        let stranger = try await test.client.send(method, path, body)
        let person = try await lea.send(method, path, body)
        switch resource.access[verb] {
        case .everyone?:
          // What strangers may read is in the scope; changing needs an account.
          #expect(
            method == "GET" ? [200, 404].contains(stranger.status) : stranger.status == 401,
            "\(method) \(path)")
        case .signedIn?: #expect(stranger.status == 401, "\(method) \(path)")
        case .right?:
          #expect(stranger.status == 401, "\(method) \(path)")
          #expect(person.status == 403, "\(method) \(path)")
        case nil: #expect(person.status == 404 || person.status == 405, "\(method) \(path)")
        }
      }
      #expect(try await boss.get(one).json["updatedAt"] == made.json["updatedAt"])
    }
  }

  @Test func `a value of another type is refused with its field, and never ignored`() async throws {
    try await Self.each { resource, _, boss, _ in
      for column in resource.writable {
        for wrong in column.wrongSamples {
          var body = resource.least(1)
          body[column.name] = wrong
          let answer = try await boss.post(resource.path, .object(body))
          #expect(answer.status == 400, "\(resource.name) \(column.name) \(wrong)")
          let fields = answer.json["errors"]?.array?.map { $0["field"]?.string }
          #expect(fields == [column.name], "\(resource.name) \(column.name) \(wrong)")
        }
      }
      #expect(try await boss.get(resource.path).json.array?.isEmpty == true)
    }
  }

  @Test
  func `all errors are reported at once, and read-only fields refused if strict`()
    async throws
  {
    try await Self.each { resource, _, boss, _ in
      let empty = try await boss.post(resource.path, [:])
      let needed = resource.writable.filter { $0.initial == nil }
      #expect(empty.status == (needed.isEmpty ? 201 : 400))
      #expect(empty.json["errors"]?.array?.compactMap { $0["field"]?.string } == needed.map(\.name))
      var strict = boss
      strict.headers["Prefer"] = "handling=strict"
      for name in ["id", "createdAt", "nobody"] + resource.columns.filter({ !$0.isWritable }).map(\.name) {
        var body = resource.least(1)
        body[name] = "1"
        let answer = try await strict.post(resource.path, .object(body))
        #expect(answer.code == "VALIDATION_FAILED" || answer.status == 400, "\(resource.name) \(name)")
        #expect(answer.json["errors"]?.array?.first?["field"]?.string == name)
      }
    }
  }

  @Test func `stored values are returned, and fields not named stay unchanged`() async throws {
    try await Self.each { resource, _, boss, _ in
      let made = try await boss.post(resource.path, resource.sample(1))
      #expect(made.status == 201, "\(resource.name): \(made.text)")
      let one = resource.path + "/" + (made.json["id"]?.string ?? "")
      for column in resource.writable {
        #expect(made.json[column.name] == column.sample(1), "\(column.name)")
      }
      #expect(try await boss.get(one).json == made.json)
      #expect(try await boss.get(resource.path).json.array == [made.json])
      for column in resource.writable {
        let before = try await boss.get(one).json
        let changed = try await boss.send("PATCH", one, .object([column.name: column.sample(2)]))
        #expect(changed.status == 200, "\(resource.name) \(column.name): \(changed.text)")
        #expect(changed.json[column.name] == column.sample(2))
        for other in resource.columns where other.name != column.name && other.isStored {
          #expect(changed.json[other.name] == before[other.name], "\(column.name) changed \(other.name)")
        }
      }
      let before = try await boss.get(one)
      let same = try await boss.put(one, [:])
      #expect(same.status == 200 && same.json == before.json)
      #expect(try await boss.delete(one).status == 200)
      #expect(try await boss.get(one).status == 404)
      #expect(try await boss.send("PATCH", one, [:]).status == 404)
      #expect(try await boss.delete(one).status == 404)
    }
  }

  @Test func `changing an outdated version is refused with the current row`() async throws {
    try await Self.each { resource, _, boss, _ in
      let made = try await boss.post(resource.path, resource.sample(1))
      let one = resource.path + "/" + (made.json["id"]?.string ?? "")
      var late = boss
      late.headers["If-Match"] = made.headers["etag"] ?? ""
      #expect(late.headers["If-Match"]?.isEmpty == false)
      let first = try await late.send("PATCH", one, resource.sample(2))
      #expect(first.status == 200)
      #expect(first.headers["etag"] != made.headers["etag"])
      for method in ["PATCH", "DELETE"] {
        let second = try await late.send(method, one, method == "PATCH" ? resource.sample(3) : nil)
        #expect(second.status == 412)
        #expect(second.json["current"] == first.json)
      }
      #expect(try await boss.get(one).json == first.json)
      late.headers["If-Match"] = first.headers["etag"] ?? ""
      #expect(try await late.delete(one).status == 200)
    }
  }

  @Test func `unique values are compared ignoring case and accents`() async throws {
    try await Self.each { resource, _, boss, _ in
      for column in resource.writable where column.isUnique {
        let first = try await boss.post(resource.path, resource.sample(1))
        var body = resource.least(2)
        body[column.name] = .string((column.sample(1).string ?? "").uppercased())
        let second = try await boss.post(resource.path, .object(body))
        #expect(second.status == 409)
        #expect(second.json["errors"]?.array?.first?["field"]?.string == column.name)
        body[column.name] = "\u{301}"
        #expect(try await boss.post(resource.path, .object(body)).status == 400)
        let own = resource.path + "/" + (first.json["id"]?.string ?? "")
        #expect(try await boss.send("PATCH", own, .object([column.name: column.sample(1)])).status == 200)
      }
    }
  }

  @Test func `changes are audited with the names of the changed fields`() async throws {
    try await Self.each { resource, test, boss, _ in
      let made = try await boss.post(resource.path, resource.sample(1))
      let id = made.json["id"]?.string ?? ""
      let column = try #require(resource.writable.first)
      let change: JSONValue = .object([column.name: column.sample(2)])
      _ = try await boss.send("PATCH", resource.path + "/" + id, change)
      _ = try await boss.delete(resource.path + "/" + id)
      let lines = try await test.appliance.database.read { connection in
        try connection.query(
          "SELECT details FROM audit WHERE subject_type = ? AND subject_id = ? ORDER BY id", resource.name,
          Int64(id) ?? 0, map: { $0.text(0) })
      }
      #expect(lines == ["create", "change \(column.name)", "delete"])
    }
  }

  @Test func `a page's description is in its reader's language, with their permissions`() async throws {
    try await Self.each { resource, _, boss, lea in
      func described(_ client: TestClient, _ language: String) async throws -> JSONValue? {
        var client = client
        client.headers["Accept-Language"] = language
        return try await client.get("/api/schemas").json.array?.first { $0["name"]?.string == resource.name }
      }
      let english = try #require(try await described(lea, "en"))
      #expect(english["title"]?.string == resource.title.en)
      #expect(english["columns"]?.array?.map { $0["label"]?.string } == resource.columns.map(\.label.en))
      let account = Resource.Verb.allCases.filter { verb in
        switch resource.access[verb] {
        case .everyone?, .signedIn?: true
        default: false
        }
      }
      #expect(english["may"]?.array?.compactMap(\.string) == account.map(\.rawValue))
      let may = try await described(boss, "fr")?["may"]?.array?.count
      #expect(may == resource.access.count)
    }
  }
}
