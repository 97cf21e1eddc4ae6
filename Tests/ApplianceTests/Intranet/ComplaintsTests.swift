import HTTP
import Testing

@testable import Appliance

/// Requests: who sees, moves and gives them.
@Suite(.timeLimit(.minutes(30))) struct ComplaintsTests {
  static let path = "/api/complaints"

  @Test func `an invalid request is refused with all invalid fields`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      #expect(try await test.client.post(Self.path, [:]).status == 401)
      for (body, fields) in [
        ([:], ["title", "description"]),
        (
          ["title": "", "description": "B", "category": "cooking", "priority": 7],
          ["title", "category", "priority"]
        ),
        (["title": "A", "description": "B", "isAnonymous": "yes"], ["isAnonymous"]),
        (["title": "A", "description": "B", "files": ["/api/uploads/none"]], ["files"]),
      ] as [(JSONValue, [String])] {
        let answer = try await lea.post(Self.path, body)
        #expect(answer.status == 400, "\(body)")
        #expect(answer.json["errors"]?.array?.compactMap { $0["field"]?.string } == fields, "\(body)")
      }
      #expect(try await test.count("SELECT count(*) FROM complaints") == 0)
      #expect(try await test.count("SELECT count(*) FROM complaint_history") == 0)
    }
  }

  @Test func `submitters see their own requests, moderators all, and older clients are understood`()
    async throws
  {
    try await Self.office { office in
      let made = try await office.lea.post(
        Self.path,
        [
          "submitterId": "user-1", "assignedToId": "", "title": "Clim", "description": "En panne",
          "status": "closed",
          "category": "facilities", "priority": "high",
        ])
      #expect(made.status == 201)
      #expect(made.json["submitterId"]?.string == String(try await office.test.id("lea")))
      #expect(made.json["assignedToId"]?.isNull == true && made.json["status"]?.string == "open")
      #expect(made.json["submitterName"]?.string == "Lea")
      let id = made.json["id"]?.string ?? ""
      for client in [office.lea, office.max, office.boss] {
        #expect(try await client.get(Self.path).json.array?.map { $0["id"]?.string } == [id])
        #expect(try await client.get("\(Self.path)/\(id)").status == 200)
      }
      #expect(try await office.sam.get(Self.path).json.array == [])
      for (method, path, body) in [
        ("GET", "", nil), ("PATCH", "", ["title": "Mine"]), ("DELETE", "", nil), ("GET", "/comments", nil),
        ("POST", "/comments", ["text": "Hi"]), ("GET", "/history", nil),
        ("PATCH", "/status", ["status": "closed"]),
      ] as [(String, String, JSONValue?)] {
        #expect(
          try await office.sam.send(method, "\(Self.path)/\(id)\(path)", body).status == 404,
          "\(method) \(path)")
      }
      #expect(try await office.sam.get("/api/search?q=clim").json.array == [])
      #expect(try await office.max.get("/api/search?q=clim").json.array?.count == 1)
    }
  }

  @Test func `only some statuses may follow another, and the error lists them`() async throws {
    try await Self.office { office in
      let id = try await office.submit()
      let one = "\(Self.path)/\(id)/status"
      func move(_ client: TestClient, _ status: String) async throws -> TestClient.Answer {
        try await client.send("PATCH", one, ["status": .string(status)])
      }
      #expect(try await move(office.lea, "in_progress").status == 403)
      #expect(try await move(office.max, "done").status == 400)
      #expect(try await office.max.send("PATCH", one, [:]).status == 400)
      for (wrong, right, allowed) in [
        ("closed", "in_progress", ["in_progress"]), ("closed", "resolved", ["resolved", "open"]),
        ("open", "closed", ["closed", "in_progress"]), ("resolved", "in_progress", ["in_progress"]),
        ("closed", "open", ["resolved", "open"]),
      ] {
        let refused = try await move(office.max, wrong)
        #expect(refused.status == 409 && refused.code == "TRANSITION_NOT_ALLOWED", "\(wrong)")
        #expect(refused.json["allowed"]?.array?.compactMap(\.string) == allowed, "\(wrong)")
        #expect(
          try await office.max.get("\(Self.path)/\(id)").json["allowedStatuses"] == refused.json["allowed"])
        let moved = try await move(office.max, right)
        #expect(moved.status == 200 && moved.json["status"]?.string == right)
        #expect(try await move(office.max, right).status == 200)
      }
      let changes = try await office.lea.get("\(Self.path)/\(id)/history").json.array ?? []
      #expect(
        changes.reversed().map { $0["to"]?.string ?? "" }
          == ["", "in_progress", "resolved", "closed", "in_progress", "open"])
      #expect(changes.first?["actorName"]?.string == "Max")
    }
  }

  @Test func `the submitter can only close or reopen a resolved request`() async throws {
    try await Self.office { office in
      let id = try await office.submit()
      let one = "\(Self.path)/\(id)"
      for status in ["in_progress", "resolved"] {
        #expect(try await office.lea.put(one, ["status": .string(status)]).status == 403)
        #expect(try await office.max.put(one, ["status": .string(status)]).status == 200)
      }
      #expect(
        try await office.lea.put(one, ["status": "in_progress"]).json["status"]?.string == "in_progress")
      #expect(try await office.max.put(one, ["status": "resolved"]).json["resolvedAt"]?.isNull == false)
      #expect(try await office.lea.put(one, ["status": "open"]).status == 409)
      #expect(try await office.lea.put(one, ["status": "closed"]).json["closedAt"]?.isNull == false)
      #expect(try await office.lea.put(one, ["status": "in_progress"]).status == 403)
      #expect(try await office.lea.put(one, ["title": "Later"]).status == 403)
      #expect(try await office.lea.delete(one).status == 403)
    }
  }

  @Test func `moderators assign a request; the assignee can read it and change its status`() async throws {
    try await Self.office { office in
      let id = try await office.submit()
      let one = "\(Self.path)/\(id)"
      let (samID, leaID) = (try await office.test.id("sam"), try await office.test.id("lea"))
      let toSam: JSONValue = ["assignedToId": .integer(samID)]
      for client in [office.lea, office.sam] {
        #expect(try await client.send("PATCH", one + "/assign", toSam).status == 403)
      }
      for (body, code) in [
        ([:], "REQUIRED"), (["assignedToId": "x"], "INVALID_REFERENCE"),
        (["assignedToId": "999999"], "UNKNOWN_REFERENCE"), (["assignedToId": .integer(leaID)], "OWN_REQUEST"),
      ] as [(JSONValue, String)] {
        let answer = try await office.max.send("PATCH", one + "/assign", body)
        #expect(
          answer.status == 400 && answer.json["errors"]?.array?.first?["code"]?.string == code, "\(body)")
      }
      for method in ["PATCH", "PUT", "POST"] {
        let given = try await office.max.send(method, one + "/assign", toSam)
        #expect(given.json["assignedToId"]?.string == String(samID) && given.json["assignedToName"] == "Sam")
        #expect(try await office.sam.get(Self.path + "?assignedToId=me").json.array?.count == 1)
        #expect(try await office.sam.get(Self.path).json.array?.count == 1)
        let back = try await office.max.send(method, one + "/assign", ["assignedToId": ""])
        #expect(back.json["assignedToId"]?.isNull == true)
        #expect(try await office.sam.get(Self.path).json.array == [])
      }
      _ = try await office.max.put(one, toSam)
      #expect(try await office.sam.put(one + "/status", ["status": "in_progress"]).status == 200)
      #expect(try await office.sam.put(one, ["assignedToId": ""]).status == 403)
      #expect(try await office.sam.put(one, ["priority": "low"]).status == 403)
      #expect(try await office.sam.delete(one).status == 403)
    }
  }

  @Test func `a change applies to the fields in the body, and to the version that was read`() async throws {
    try await Self.office { office in
      let made = try await office.lea.post(Self.path, ["title": "Clim", "description": "En panne"])
      let one = "\(Self.path)/\(made.json["id"]?.string ?? "")"
      var late = office.max
      late.headers["If-Match"] = made.headers["etag"] ?? ""
      let changed = try await late.send("PATCH", one, ["priority": "urgent"])
      #expect(changed.status == 200 && changed.json["title"]?.string == "Clim")
      #expect(try await late.send("PATCH", one, ["priority": "low"]).status == 412)
      let same = try await office.lea.put(one, changed.json)
      #expect(same.status == 200 && same.json["updatedAt"] == changed.json["updatedAt"])
      #expect(try await office.lea.put(one, ["title": "Clim du 2e"]).status == 200)
      #expect(try await office.lea.delete(one).status == 200)
      #expect(try await office.max.get(one).status == 404)
      #expect(try await office.test.count("SELECT sum(count) FROM complaint_counts") == 0)
      let lines = try await office.test.appliance.database.read { connection in
        try connection.query("SELECT details FROM audit WHERE subject_type = 'complaints' ORDER BY id") {
          $0.text(0)
        }
      }
      #expect(lines == ["create", "change priority", "change title", "delete"])
    }
  }

  @Test func `a closed request must be reopened before it is assigned, and may be commented on`() async throws
  {
    try await Self.office { office in
      let one = "\(Self.path)/\(try await office.submit())"
      let toSam: JSONValue = ["assignedToId": .integer(try await office.test.id("sam"))]
      for status in ["in_progress", "resolved", "closed"] {
        _ = try await office.max.put(one, ["status": .string(status)])
      }
      let closed = try await office.max.get(one).json
      #expect(closed["may"] == ["edit", "delete", "comment_internally"])
      for path in [one, one + "/assign"] {
        let refused = try await office.max.put(path, toSam)
        #expect(refused.status == 409 && refused.code == "REQUEST_CLOSED")
        #expect(refused.json["errors"]?.array?.first?["field"]?.string == "assignedToId")
      }
      #expect(try await office.sam.notices() == [])
      #expect(try await office.max.put(one, closed).status == 200)
      #expect(try await office.max.post(one + "/comments", ["text": "Encore"]).status == 201)
      let both = toSam.object?.merging(["status": "in_progress"]) { old, _ in old } ?? [:]
      let open = try await office.max.put(one, .object(both))
      #expect(open.json["assignedToName"]?.string == "Sam" && open.json["status"]?.string == "in_progress")
      #expect(open.json["may"]?.array?.contains("assign") == true)
      #expect(try await office.sam.notices().count == 1)
    }
  }

  @Test func `a deleted request leaves no notification`() async throws {
    try await Self.office { office in
      let one = "\(Self.path)/\(try await office.submit("Un secret"))"
      _ = try await office.submit("Autre")
      _ = try await office.max.put(
        one + "/assign", ["assignedToId": .integer(try await office.test.id("sam"))])
      _ = try await office.max.post(one + "/comments", ["text": "Vu"])
      _ = try await office.sam.post("/api/notifications/read-all")
      _ = try await office.max.post(one + "/comments", ["text": "Encore"])
      #expect(try await office.sam.unread() == "1")
      let socket = try await TestWebSocket.signedIn(office.sam)
      #expect(try await office.max.delete(one).status == 200)
      #expect(try await socket.next("NOTIFICATIONS") == ["unread": 0, "changed": true])
      socket.close()
      for client in [office.sam, office.lea] { #expect(try await client.notices() == []) }
      #expect(try await office.boss.notices().count == 1)
      #expect(
        try await office.test.count("SELECT count(*) FROM notifications WHERE details LIKE '%secret%'") == 0)
    }
  }

  @Test func `a longer description is checked against its submitter's quota`() async throws {
    try await Self.office { office in
      let one = "\(Self.path)/\(try await office.submit())"
      let leaID = try await office.test.id("lea")
      _ = try await office.test.appliance.database.write { tx in
        try tx.execute(
          """
          INSERT INTO person_quotas (user_id, resource, most)
          SELECT user_id, 'bytes', bytes + 100 FROM stored_bytes WHERE user_id = ?
          """, leaID)
      }
      let long = JSONValue.string(String(repeating: "€", count: 10_000))
      for client in [office.lea, office.max] {
        let refused = try await client.send("PATCH", one, ["description": long])
        #expect(refused.status == 413 && refused.code == "QUOTA_EXCEEDED")
      }
      #expect(try await office.lea.get(one).json["description"]?.string == "En panne")
      #expect(
        try await office.lea.send("PATCH", one, ["description": "Elle coule", "title": "B"]).status == 200)
    }
  }

  @Test func `edits of a field by one person within ten minutes are one change in the history`() async throws
  {
    let time = ManualTime()
    try await Self.office(clock: .manual(time)) { office in
      let id = try await office.submit("A")
      func edit(_ client: TestClient, _ body: JSONValue) async throws {
        #expect(try await client.send("PATCH", "\(Self.path)/\(id)", body).status == 200)
      }
      func changes() async throws -> [String] {
        let list = try await office.lea.get("\(Self.path)/\(id)/history").json.array ?? []
        return list.reversed().dropFirst().map { event in
          ["actorName", "field", "from", "to"].map { event[$0]?.string ?? "" }.joined(separator: " ")
        }
      }
      for title in ["B", "C", "D"] { try await edit(office.lea, ["title": .string(title)]) }
      try await edit(office.lea, ["description": "1"])
      try await edit(office.lea, ["priority": "high", "description": "2"])
      try await edit(office.lea, ["priority": "medium", "title": "E"])
      #expect(try await changes() == ["Lea title A E", "Lea description  "])
      try await edit(office.max, ["title": "F"])
      try await edit(office.lea, ["title": "G"])
      #expect(try await changes().suffix(2) == ["Max title E F", "Lea title F G"])
      time.advance(by: .seconds(600))
      try await edit(office.lea, ["title": "H"])
      #expect(try await changes().count == 5)
      #expect(
        try await office.test.count("/* test */ SELECT count(*) FROM audit WHERE subject_id = \(id)") > 2)
    }
  }

  @Test func `a request with many changes keeps its first ones, and the newest are written over`()
    async throws
  {
    let time = ManualTime()
    try await Self.office(clock: .manual(time)) { office in
      let id = try await office.submit("A")
      let number = try #require(Int64(id))
      try await office.test.appliance.database.write { tx in
        for _ in 2...ComplaintEvent.most {
          try tx.execute(
            """
            INSERT INTO complaint_history
              (complaint_id, actor_id, actor_name, field, old_value, new_value, created_at)
            VALUES (?, NULL, '', 'title', 'x', 'y', 1)
            """, number)
        }
      }
      let one = "\(Self.path)/\(id)"
      func rows() async throws -> Int64 {
        try await office.test.count("SELECT count(*) FROM complaint_history WHERE complaint_id = \(id)")
      }
      for title in ["B", "C"] {
        time.advance(by: .seconds(900))
        #expect(
          try await office.lea.send("PATCH", one, ["title": .string(title)]).json["title"]?.string == title)
      }
      #expect(try await rows() == 500)
      for status in ["in_progress", "resolved", "in_progress", "open"] {
        #expect(try await office.max.put(one, ["status": .string(status)]).status == 200)
      }
      #expect(try await rows() == 501)
      let newest = try await office.lea.get(one + "/history?limit=2").json.array ?? []
      #expect(newest.map { $0["from"]?.string } == ["open", "x"])
      #expect(newest.map { $0["to"]?.string } == ["open", "C"])
      #expect(newest.map { $0["actorName"]?.string } == ["Max", "Lea"])
    }
  }

  @Test func `lists are filtered, and paging has no gaps`() async throws {
    try await Self.office { office in
      for (title, more) in [
        ("A", ["category": "it"]), ("B", ["priority": "urgent"]), ("C", [:]), ("D", [:]), ("E", [:]),
      ] as [(String, [String: JSONValue])] {
        _ = try await office.submit(title, more)
      }
      func titles(_ query: String) async throws -> [String] {
        let answer = try await office.max.get(Self.path + query)
        return answer.json.array?.compactMap { $0["title"]?.string } ?? ["\(answer.status)"]
      }
      #expect(try await titles("?category=it") == ["A"])
      #expect(try await titles("?priority=urgent") == ["B"])
      #expect(try await titles("?status=open&assignedToId=none").count == 5)
      #expect(try await titles("?status=closed") == [])
      #expect(try await titles("?q=c") == ["C"])
      #expect(try await titles("?mine=1") == [])
      #expect(try await titles("?overdue=1") == [])
      for wrong in ["?category=x", "?status=done", "?priority=none", "?assignedToId=sam", "?limit=0"] {
        #expect(try await titles(wrong) == ["400"], "\(wrong)")
      }
      let page = try await office.lea.get(Self.path + "?limit=3")
      let next = try #require(page.headers["x-next-before"])
      let rest = try await office.lea.get(Self.path + "?limit=3&before=\(next)")
      #expect(page.json.array?.count == 3 && rest.json.array?.count == 2)
    }
  }

  /// A submitter, a colleague, a moderator and an admin.
  struct Office: Sendable {
    let test: TestAppliance
    let lea: TestClient
    let sam: TestClient
    let max: TestClient
    let boss: TestClient

    @discardableResult
    func submit(_ title: String = "Clim", _ more: [String: JSONValue] = [:]) async throws -> String {
      let least: [String: JSONValue] = ["title": .string(title), "description": "En panne"]
      let answer = try await lea.post(path, .object(least.merging(more) { _, new in new }))
      #expect(answer.status == 201, "\(answer.text)")
      return answer.json["id"]?.string ?? ""
    }
  }

  static func office(clock: Clock = .system, _ body: (Office) async throws -> Void) async throws {
    try await TestAppliance.run(clock: clock) { test in
      try await body(
        Office(
          test: test, lea: test.person("lea"), sam: test.person("sam"),
          max: test.person("max", role: .moderator), boss: test.person("boss", role: .admin)))
    }
  }
}
