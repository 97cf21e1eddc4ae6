import HTTP
import Store
import Testing

@testable import Appliance

/// Lists of all resources: statements, scopes, filters, pages and events.
@Suite(.timeLimit(.minutes(30))) struct EveryResourceListTests {
  @Test func `the columns match the table`() async throws {
    try await TestAppliance.run { test in
      for resource in test.appliance.tables {
        let found = try await test.appliance.database.read { connection in
          try connection.query("SELECT name FROM pragma_table_info(?)", resource.table, map: { $0.text(0) })
        }
        let keys = resource.columns.filter(\.isUnique).map { $0.sqlName + "_key" }
        let named =
          resource.stored.map(\.sqlName) + ["id", "created_at", "updated_at"] + keys
          + (resource.isRestorable ? ["deleted_at", "deleted_by"] : [])
          + (Self.countedByTriggers[resource.table] ?? [])
        #expect(Set(found) == Set(named), "\(resource.name)")
      }
    }
  }

  /// Columns that no request writes.
  private static let countedByTriggers = ["courses": ["lesson_count"]]

  @Test func `a list does not scan the table`() async throws {
    try await TestAppliance.run { test in
      for resource in test.appliance.tables {
        let scope = resource.scope?(nil, 0)
        let filters = resource.columns.filter(\.isFilter).map { "\($0.sqlName) IS 1" }
        for conditions in [scope.map { ["(\($0.sql))"] } ?? [], filters] {
          let sql = resource.listSQL(conditions)
          let count = sql.count(where: { $0 == "?" })
          let plan = try await test.appliance.database.read { connection in
            try connection.query(
              "EXPLAIN QUERY PLAN \(sql)", arguments: Array(repeating: 1, count: count), map: { $0.text(3) })
          }
          #expect(
            plan.allSatisfy { step in
              (!step.hasPrefix("SCAN ") || step.hasPrefix("SCAN json_each")) && !step.contains("TEMP B-TREE")
            }, "\(sql): \(plan)")
        }
      }
    }
  }

  @Test func `paging has no gaps and no duplicates while rows are added`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      for resource in test.appliance.tables {
        try await resource.prepare(test)
        var made: [String] = []
        for number in 1...5 {
          let answer = try await boss.post(resource.path, .object(resource.least(number)))
          made.append(answer.json["id"]?.string ?? "")
        }
        var seen: [String] = []
        var next: String? = ""
        var number = 6
        while let before = next, seen.count < 100 {
          let cursor = before.isEmpty ? "" : "&before=" + before
          let page = try await boss.get(resource.path + "?limit=2" + cursor)
          #expect(page.status == 200)
          seen += page.json.array?.compactMap { $0["id"]?.string } ?? []
          next = page.headers["x-next-before"]
          if number < 9 { _ = try await boss.post(resource.path, .object(resource.least(number))) }
          number += 1
        }
        #expect(Set(seen).count == seen.count, "\(resource.name): \(seen)")
        #expect(Set(made).isSubset(of: seen), "\(resource.name): \(seen)")
        #expect(try await boss.get(resource.path + "?before=x").status == 400)
        #expect(try await boss.get(resource.path + "?limit=0").status == 400)
      }
    }
  }

  @Test func `a filter returns the rows with its value, and refuses an invalid one`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      for resource in test.appliance.tables {
        try await resource.prepare(test)
        for number in 1...3 { _ = try await boss.post(resource.path, resource.sample(number)) }
        let all = try await boss.get(resource.path).json.array ?? []
        #expect(all.count == 3)
        for column in resource.columns where column.isFilter {
          let value = all[0][column.name] ?? .null
          let text = value.string ?? value.int64.map { String($0) } ?? (value.bool == true ? "true" : "false")
          let found = try await boss.get("\(resource.path)?\(column.name)=\(TestClient.encoded(text))").json
            .array
          #expect(found == all.filter { $0[column.name] == value }, "\(resource.name) \(column.name)")
          #expect(try await boss.get("\(resource.path)?\(column.name)=none").status == 400)
        }
        guard let column = resource.searched.first, let text = all[0][column.name]?.string else { continue }
        let query = TestClient.encoded(text.uppercased())
        let found = try await boss.get("\(resource.path)?q=\(query)").json.array
        #expect(found == [all[0]], "\(resource.name)")
      }
    }
  }

  @Test func `rows outside a person's scope are invisible, and so are their events`()
    async throws
  {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let lea = try await test.person("lea")
      let account = try await test.appliance.database.read { try Account.find(login: "lea", in: $0) }
      for resource in test.appliance.tables {
        // The scope of lessons is that of their course: EnrolmentTests.
        guard resource.name != "lessons", let scope = resource.scope?(account, 0) else { continue }
        let socket = try await TestWebSocket.signedIn(lea)
        var ids: [String] = []
        for column in resource.writable {
          guard let least = column.narrowest else { continue }
          var body = resource.visible(1)
          body[column.name] = least
          ids.append(try await boss.post(resource.path, .object(body)).json["id"]?.string ?? "")
        }
        let last = try await boss.post(resource.path, .object(resource.visible(2))).json["id"]?.string ?? ""
        let visible = try await test.appliance.database.read { connection in
          try connection.query(
            "/* test */ SELECT id FROM \(resource.table) WHERE \(scope.sql)", arguments: scope.arguments,
            map: { String($0.int64(0)) })
        }
        let listed = try await lea.get(resource.path).json.array?.compactMap { $0["id"]?.string } ?? []
        #expect(Set(listed) == Set(visible))
        #expect(visible.contains(last))
        let hidden = ids.filter { !visible.contains($0) }
        #expect(!hidden.isEmpty, "\(resource.name) hides nothing")
        for id in hidden { #expect(try await lea.get("\(resource.path)/\(id)").status == 404) }
        guard let frame = resource.frame else { continue }
        // The invisible rows were written first, so their frames would arrive first.
        var heard = try await socket.next(frame)
        while let id = heard["id"]?.string, id != last {
          #expect(!hidden.contains(id), "\(resource.name)")
          heard = try await socket.next(frame)
        }
        #expect(heard["verb"]?.string == "create")
        socket.close()
      }
    }
  }
}
