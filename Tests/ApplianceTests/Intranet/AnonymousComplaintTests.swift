import HTTP
import Testing

@testable import Appliance

/// Anonymous requests: nothing that the box keeps says who wrote them.
@Suite(.timeLimit(.minutes(30))) struct AnonymousComplaintTests {
  private static let path = ComplaintsTests.path
  private static let body: JSONValue = [
    "title": "Un chef qui crie", "description": "Tous les matins", "isAnonymous": true,
  ]

  @Test func `an anonymous request is refused until the settings allow it`() async throws {
    try await ComplaintsTests.office { office in
      let refused = try await office.lea.post(Self.path, Self.body)
      #expect(refused.status == 403 && refused.code == "ANONYMOUS_NOT_ALLOWED")
      #expect(try await office.test.count("SELECT count(*) FROM complaints") == 0)
      #expect(try await Self.submit(office).status == 201)
    }
  }

  @Test func `no table has the submitter, a byte count for them, or the exact time`() async throws {
    try await ComplaintsTests.office { office in
      let url = try await office.test.upload(FileSamples.pdf, as: office.lea)
      let leaID = try await office.test.id("lea")
      let lines = try await office.test.count("SELECT count(*) FROM audit WHERE actor_id = \(leaID)")
      let made = try await Self.submit(office, ["files": [.string(url)]])
      #expect(made.json["submitterId"]?.isNull == true && made.json["submitterName"]?.string == "Anonymous")
      for sql in [
        "SELECT count(*) FROM complaints WHERE submitter_id IS NOT NULL OR submitter_name <> ''",
        "SELECT count(*) FROM complaint_history WHERE actor_id IS NOT NULL OR actor_name <> ''",
        "SELECT count(*) FROM audit WHERE subject_type = 'complaints'",
        "SELECT count(*) FROM uploads WHERE owner_id IS NOT NULL OR created_at % 3600000 <> 0",
        "SELECT count(*) FROM complaints WHERE created_at % 3600000 <> 0 OR updated_at % 3600000 <> 0",
        "SELECT bytes FROM stored_bytes WHERE user_id = \(leaID)",
        "SELECT count(*) FROM notifications WHERE kind LIKE 'request%' AND actor_id IS NOT NULL",
      ] { #expect(try await office.test.count(sql) == 0, "\(sql)") }
      #expect(try await office.test.count("SELECT count(*) FROM audit WHERE actor_id = \(leaID)") == lines)
      #expect(try await office.lea.get(Self.path).json.array == [])
      #expect(try await office.lea.get("\(Self.path)/\(made.json["id"]?.string ?? "")").status == 404)
      #expect(try await office.max.get(url).status == 200)
    }
  }

  @Test func `an anonymous request can be followed only by its code`() async throws {
    try await ComplaintsTests.office { office in
      let made = try await Self.submit(office)
      let code = try #require(made.json["trackingCode"]?.string)
      let one = "\(Self.path)/\(made.json["id"]?.string ?? "")"
      #expect(try await office.boss.get(one).json["trackingCode"] == nil)
      _ = try await office.max.post(one + "/comments", ["text": "Où ?"])
      _ = try await office.max.post(one + "/comments", ["text": "À suivre", "isInternal": true])
      let url = try await office.test.upload(FileSamples.pdf, as: office.max)
      #expect(
        try await office.max.post(one + "/comments", ["text": "Ici", "files": [.string(url)]]).status == 400)
      for wrong in ["", "x", String(code.reversed())] {
        #expect(try await office.lea.post(Self.path + "/track", ["code": .string(wrong)]).status == 400)
      }
      #expect(try await office.test.client.post(Self.path + "/track", ["code": .string(code)]).status == 401)
      let seen = try await office.lea.post(Self.path + "/track", ["code": .string(code)])
      #expect(seen.json["status"]?.string == "open")
      #expect(seen.json["comments"]?.array?.map { $0["text"]?.string } == ["Où ?"])
      let said = try await office.lea.post(
        Self.path + "/track/comments", ["code": .string(code), "text": "Au 2e"])
      #expect(said.json["comments"]?.array?.count == 2)
      let comment = try await office.max.get(one + "/comments").json.array?.first
      #expect(comment?["authorId"]?.isNull == true && comment?["authorName"]?.string == "Anonymous")
    }
  }

  private static func submit(
    _ office: ComplaintsTests.Office, _ more: [String: JSONValue] = [:]
  ) async throws -> TestClient.Answer {
    _ = try await office.boss.send("PATCH", "/api/system-settings", ["allowAnonymousComplaints": true])
    return try await office.lea.post(path, .object((body.object ?? [:]).merging(more) { _, new in new }))
  }

  @Test func `handlers do not learn the exact time of an anonymous request and comment`() async throws {
    let time = ManualTime(1_700_000_000_000)
    let full: Int64 = 1_700_000_000_000 / 3_600_000 * 3_600_000
    try await ComplaintsTests.office(clock: .manual(time)) { office in
      let socket = try await TestWebSocket.signedIn(office.max)
      let made = try await Self.submit(office)
      let one = "\(Self.path)/\(made.json["id"]?.string ?? "")"
      let maxID = try await office.test.id("max")
      _ = try await office.boss.put(one + "/assign", ["assignedToId": .integer(maxID)])
      time.advance(by: .seconds(5))
      let comment: JSONValue = ["code": .string(made.json["trackingCode"]?.string ?? ""), "text": "Au 2e"]
      let said = try await office.lea.post(Self.path + "/track/comments", comment)
      #expect(said.json["comments"]?.array?.first?["createdAt"] == made.json["createdAt"])
      #expect(
        try await office.max.get(one + "/comments").json.array?.first?["createdAt"] == made.json["createdAt"])
      let told = try await office.max.get("/api/notifications").json.array ?? []
      #expect(
        Set(told.compactMap { $0["kind"]?.string }) == [
          "request_assigned", "request_commented", "request_new",
        ])
      for item in told where item["kind"]?.string != "request_assigned" {
        #expect(item["createdAt"] == made.json["createdAt"], "\(item)")
      }
      for _ in told {
        let live = try await socket.next("NOTIFICATION")
        #expect(
          (live["createdAt"] == made.json["createdAt"]) == (live["kind"] != "request_assigned"), "\(live)")
      }
      socket.close()
      for sql in [
        "/* test */ SELECT count(*) FROM complaint_comments WHERE created_at <> \(full)",
        """
        /* test */ SELECT count(*) FROM notifications WHERE kind <> 'request_assigned'
          AND (created_at <> \(full) OR mail_due_at <> \(full + 3_600_000))
        """,
        "SELECT count(*) FROM audit WHERE subject_type = 'complaints' AND details = 'create'",
      ] { #expect(try await office.test.count(sql) == 0, "\(sql)") }
    }
  }

  @Test func `a file that was used elsewhere cannot be attached to an anonymous request`() async throws {
    try await ComplaintsTests.office { office in
      let url = try await office.test.upload(FileSamples.pdf, as: office.lea)
      let leaID = try await office.test.id("lea")
      let message: JSONValue = [
        "recipientId": .integer(leaID), "subject": "À moi", "content": "Pièce", "files": [.string(url)],
      ]
      #expect(try await office.lea.post("/api/messages", message).status == 201)
      func stored() async throws -> Int64 {
        try await office.test.count("SELECT bytes FROM stored_bytes WHERE user_id = \(leaID)")
      }
      let before = try await stored()
      let refused = try await Self.submit(office, ["files": [.string(url)]])
      #expect(refused.status == 400)
      #expect(refused.json["errors"]?.array?.first?["field"]?.string == "files")
      #expect(refused.json["errors"]?.array?.first?["code"]?.string == "FILE_IN_USE")
      #expect(try await stored() == before)
      #expect(try await office.test.count("SELECT count(*) FROM complaints") == 0)
      // One that was taken off again is known to whoever saw it.
      _ = try await office.test.appliance.database.write { tx in
        try tx.execute("DELETE FROM resource_files")
      }
      #expect(try await Self.submit(office, ["files": [.string(url)]]).status == 400)
      let again = try await office.test.upload(FileSamples.pdf, as: office.lea)
      #expect(try await Self.submit(office, ["files": [.string(again)]]).status == 201)
      #expect(try await stored() == before)
    }
  }

  @Test func `a person may give away only so many bytes of anonymous files in an hour`() async throws {
    let time = ManualTime()
    try await ComplaintsTests.office(clock: .manual(time)) { office in
      func submit(ofSize size: Int64) async throws -> TestClient.Answer {
        let url = try await office.test.upload(FileSamples.pdf, as: office.lea)
        _ = try await office.test.appliance.database.write { tx in
          try tx.execute("UPDATE uploads SET size = ? WHERE owner_id IS NOT NULL", size)
        }
        return try await Self.submit(office, ["files": [.string(url)]])
      }
      #expect(try await submit(ofSize: ByteAllowance.most + 1).status == 413)
      #expect(try await submit(ofSize: ByteAllowance.most - 10).status == 201)
      let refused = try await submit(ofSize: 11)
      #expect(refused.status == 429 && refused.headers["retry-after"] == "3600")
      #expect(refused.json["errors"]?.array?.first?["field"]?.string == "files")
      #expect(try await submit(ofSize: 10).status == 201)
      #expect(try await Self.submit(office).status == 201)
      time.advance(by: .seconds(3600))
      #expect(try await submit(ofSize: 11).status == 201)
      #expect(try await office.test.count("SELECT count(*) FROM complaints") == 4)
    }
  }

  @Test func `anonymous requests and comments are limited for each account`() async throws {
    try await TestAppliance.run(clock: .withoutWaits) { test in
      let boss = try await test.person("boss", role: .admin)
      let (lea, sam) = (try await test.person("lea"), try await test.person("sam"))
      _ = try await boss.send("PATCH", "/api/system-settings", ["allowAnonymousComplaints": true])
      var code = ""
      for _ in 0...ComplaintsFeature.freeAnonymous {
        let made = try await lea.post(Self.path, Self.body)
        #expect(made.status == 201)
        code = made.json["trackingCode"]?.string ?? ""
      }
      let refused = try await lea.post(Self.path, Self.body)
      #expect(refused.status == 429 && refused.headers["retry-after"] != nil)
      let comment: JSONValue = ["code": .string(code), "text": "Encore"]
      #expect(try await lea.post(Self.path + "/track/comments", comment).status == 429)
      #expect(try await lea.post(Self.path + "/track", ["code": .string(code)]).status == 200)
      #expect(try await sam.post(Self.path, Self.body).status == 201)
      let named: JSONValue = ["title": "Lampe", "description": "Elle clignote"]
      #expect(try await lea.post(Self.path, named).status == 201)
    }
  }
}
