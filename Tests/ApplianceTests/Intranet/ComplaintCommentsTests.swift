import HTTP
import Testing

@testable import Appliance

/// What is said about requests, who is told, and when they are late.
@Suite(.timeLimit(.minutes(30))) struct ComplaintCommentsTests {
  private static let path = ComplaintsTests.path

  @Test func `internal comments and their files are visible to handlers only`() async throws {
    try await ComplaintsTests.office { office in
      let id = try await office.submit()
      let comments = "\(Self.path)/\(id)/comments"
      #expect(try await office.lea.post(comments, ["text": ""]).status == 400)
      #expect(try await office.lea.post(comments, ["text": "Hm", "isInternal": "yes"]).status == 400)
      #expect(try await office.lea.post(comments, ["text": "Hm", "isInternal": true]).status == 403)
      let urls = try await [
        office.test.upload(FileSamples.pdf, as: office.max),
        office.test.upload(FileSamples.pdf, as: office.max),
      ]
      for (isInternal, url) in zip([true, false], urls) {
        let body: JSONValue = ["text": "Voilà", "isInternal": .bool(isInternal), "files": [.string(url)]]
        #expect(try await office.max.post(comments, body).status == 201)
      }
      #expect(try await office.lea.post(comments, ["text": "Merci"]).status == 201)
      let seen = try await office.lea.get(comments).json.array ?? []
      #expect(seen.map { $0["text"]?.string } == ["Merci", "Voilà"])
      #expect(try await office.boss.get(comments).json.array?.count == 3)
      #expect(try await office.lea.get("\(Self.path)/\(id)").json["commentCount"]?.int == 2)
      #expect(try await office.max.get("\(Self.path)/\(id)").json["commentCount"]?.int == 3)
      #expect(try await office.lea.get(urls[0]).status == 404)
      #expect(try await office.lea.get(urls[1]).status == 200)
      #expect(try await office.sam.get(urls[1]).status == 404)
      #expect(try await office.boss.get(urls[0]).status == 200)
    }
  }

  @Test func `everyone concerned receives a frame and a notification`() async throws {
    try await ComplaintsTests.office { office in
      let (sockets, stranger) = (
        try await [TestWebSocket.signedIn(office.lea), TestWebSocket.signedIn(office.max)],
        try await TestWebSocket.signedIn(office.sam)
      )
      let id = try await office.submit()
      for socket in sockets {
        #expect(try await socket.next("COMPLAINT_UPDATE") == ["verb": "create", "id": .string(id)])
      }
      _ = try await office.boss.put(
        "\(Self.path)/\(id)/assign", ["assignedToId": .integer(try await office.test.id("max"))])
      _ = try await office.max.post("\(Self.path)/\(id)/comments", ["text": "Vu", "isInternal": true])
      _ = try await office.max.put("\(Self.path)/\(id)/status", ["status": "in_progress"])
      var verbs: [String?] = []
      for _ in 1...2 { verbs.append(try await sockets[0].next("COMPLAINT_UPDATE")["verb"]?.string) }
      #expect(verbs == ["change", "change"])
      // Nothing of it was sent to the stranger: what they hear next is about their own.
      let own = try await office.sam.post(Self.path, ["title": "Mine", "description": "B"])
      #expect(try await stranger.next("COMPLAINT_UPDATE")["id"] == own.json["id"])
      func kinds(_ client: TestClient) async throws -> [String] {
        try await client.get("/api/notifications").json.array?.compactMap { $0["kind"]?.string } ?? []
      }
      #expect(try await kinds(office.lea) == ["request_changed"])
      #expect(Set(try await kinds(office.max)) == ["request_new", "request_assigned"])
      #expect(try await kinds(office.sam) == [])
      for socket in sockets + [stranger] { socket.close() }
    }
  }

  @Test func `a submitter who was a moderator hears nothing of internal comments`() async throws {
    try await ComplaintsTests.office { office in
      let claire = try await office.test.person("claire", role: .moderator)
      let claireID = try await office.test.id("claire")
      let made = try await claire.post(Self.path, ["title": "Clim", "description": "En panne"])
      let one = "\(Self.path)/\(made.json["id"]?.string ?? "")"
      #expect(try await claire.put(one + "/assign", ["assignedToId": .integer(claireID)]).status == 200)
      func say(_ text: String, isInternal: Bool) async throws {
        let body: JSONValue = ["text": .string(text), "isInternal": .bool(isInternal)]
        #expect(try await office.max.post(one + "/comments", body).status == 201)
      }
      try await say("Entre nous", isInternal: true)
      #expect(try await claire.notices().first?.hasPrefix("request_commented 1") == true)
      _ = try await claire.post("/api/notifications/read-all")
      #expect(
        try await office.boss.send("PATCH", "/api/admin/users/\(claireID)", ["role": "employee"]).status
          == 200)
      let socket = try await TestWebSocket.signedIn(claire)
      try await say("Toujours entre nous", isInternal: true)
      #expect(try await claire.unread() == "0")
      _ = try await office.max.put(one, ["priority": "low"])
      #expect(try await socket.next("COMPLAINT_UPDATE")["verb"] == "change")
      try await say("Pour toi", isInternal: false)
      #expect(try await socket.next("COMPLAINT_UPDATE")["verb"] == "comment")
      #expect(try await claire.unread() == "1")
      socket.close()
    }
  }

  @Test func `an overdue request is notified once, and again after it was reopened`() async throws {
    let time = ManualTime()
    try await ComplaintsTests.office(clock: .manual(time)) { office in
      let id = try await office.submit("Clim", ["priority": "urgent"])
      _ = try await office.submit("Chaise", ["priority": "low"])
      let feature = office.test.appliance.complaints
      let job = EscalateComplaints(database: office.test.appliance.database, feature: feature)
      func escalated() async throws -> Int {
        try await office.test.appliance.database.write { try job.escalateSome(in: $0) }
      }
      #expect(try await escalated() == 0)
      time.advance(by: .seconds(8 * 3600))
      #expect(try await escalated() == 1)
      #expect(try await escalated() == 0)
      #expect(
        try await office.test.count("SELECT count(*) FROM notifications WHERE kind = 'request_overdue'") == 2)
      let history = "SELECT count(*) FROM complaint_history WHERE field = 'overdue' AND complaint_id = \(id)"
      #expect(try await office.test.count(history) == 1)
      try await office.test.appliance.database.write { tx in
        try tx.execute("UPDATE complaints SET status = 'closed' WHERE id = ?", Int64(id) ?? 0)
      }
      time.advance(by: .seconds(60))
      #expect(try await escalated() == 0)
    }
  }

  @Test func `the due time follows from the priority and the settings`() async throws {
    let time = ManualTime()
    try await ComplaintsTests.office(clock: .manual(time)) { office in
      _ = try await office.boss.send("PATCH", "/api/system-settings", ["complaintHoursHigh": 5])
      #expect(
        try await office.boss.send("PATCH", "/api/system-settings", ["complaintHoursHigh": 0]).status == 400)
      let id = try await office.submit("Clim", ["priority": "high"])
      func hours() async throws -> Int64 {
        try await office.test.count("SELECT (due_at - created_at) / 3600000 FROM complaints WHERE id = \(id)")
      }
      #expect(try await hours() == 5)
      _ = try await office.max.put("\(Self.path)/\(id)", ["priority": "urgent"])
      #expect(try await hours() == 8)
      time.advance(by: .seconds(9 * 3600))
      #expect(try await office.max.get(Self.path + "?overdue=1").json.array?.count == 1)
      #expect(try await office.max.get(Self.path).json.array?.first?["isOverdue"]?.bool == true)
    }
  }

  @Test func `the statistics match the rows`() async throws {
    let time = ManualTime()
    try await ComplaintsTests.office(clock: .manual(time)) { office in
      let ids = try await [
        office.submit("A", ["category": "it", "priority": "urgent"]), office.submit("B", ["category": "it"]),
        office.submit("C"),
      ]
      time.advance(by: .seconds(10 * 3600))
      for status in ["in_progress", "resolved"] {
        _ = try await office.max.put("\(Self.path)/\(ids[1])/status", ["status": .string(status)])
      }
      #expect(try await office.lea.get(Self.path + "/stats").status == 403)
      let found = try await office.max.get(Self.path + "/stats").json
      #expect(found["total"]?.int == 3 && found["pending"]?.int == 2 && found["overdue"]?.int == 1)
      #expect(found["byStatus"] == ["open": 2, "in_progress": 0, "resolved": 1, "closed": 0])
      #expect(found["byCategory"] == ["hr": 0, "it": 2, "facilities": 0, "other": 1])
      #expect(found["byPriority"] == ["low": 0, "medium": 2, "high": 0, "urgent": 1])
      #expect(found["unassigned"]?.int == 2 && found["resolvedLast30Days"]?.int == 1)
      #expect(found["hoursToResolve"]?.double == 10)
    }
  }
}
