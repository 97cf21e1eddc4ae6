import HTTP
import Testing

@testable import Appliance

/// Registrations for trainings: refusals, places, the waiting list, cancellation.
@Suite(.timeLimit(.minutes(30))) struct TrainingsTests {
  static let future: [String: JSONValue] = [
    "title": "Premiers secours", "startDate": "2040-05-02T10:00:00.000Z",
    "endDate": "2040-05-02T12:00:00.000Z",
    "location": "Salle Ada",
  ]

  static func made(_ boss: TestClient, _ changes: [String: JSONValue] = [:]) async throws -> String {
    let answer = try await boss.post("/api/trainings", .object(future.merging(changes) { $1 }))
    #expect(answer.status == 201, "\(answer.text)")
    return answer.json["id"]?.string ?? ""
  }

  static func path(_ id: String) -> String { "/api/trainings/\(id)/participants" }

  static func change(_ id: String, _ changes: JSONValue, _ boss: TestClient) async throws {
    let answer = try await boss.send("PATCH", "/api/trainings/\(id)", changes)
    #expect(answer.status == 200, "\(answer.text)")
  }

  /// By name: the status, or `waiting`.
  static func people(_ id: String, _ client: TestClient) async throws -> [String: String] {
    let list = try await client.get(path(id)).json.array ?? []
    return Dictionary(
      list.map { one in
        let word = one["isWaiting"] == true ? "waiting" : one["status"]?.string ?? ""
        return (one["userName"]?.string?.lowercased() ?? "", word)
      }, uniquingKeysWith: { $1 })
  }

  @Test(arguments: [
    ("endDate", "2040-05-02T09:00:00Z", "END_BEFORE_START"), ("endDate", "2042-05-02T09:00:00Z", "TOO_LONG"),
    ("startDate", "2250-01-01", "OUT_OF_RANGE"), ("dueDate", "2250-01-01", "OUT_OF_RANGE"),
    ("category", "cooking", "UNKNOWN_CHOICE"), ("documentUrls", "/api/uploads/none", "NOT_A_LIST"),
  ])
  func `impossible values are refused with the name of their field`(
    field: String, value: String, code: String
  )
    async throws
  {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let answer = try await boss.post(
        "/api/trainings", .object(Self.future.merging([field: .string(value)]) { $1 }))
      #expect(answer.status == 400)
      #expect(answer.json["errors"]?[0]?["code"]?.string == code, "\(answer.text)")
      #expect(answer.json["errors"]?[0]?["field"]?.string == field)
    }
  }

  @Test func `who may not, cannot or need not register is refused`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let lea = try await test.person("lea")
      let id = try await Self.made(boss)
      #expect(try await test.client.post(Self.path(id)).status == 401)
      #expect(try await test.client.get("/api/training-recommendations").status == 401)
      #expect(try await lea.post("/api/trainings", .object(Self.future)).status == 403)
      #expect(try await lea.post(Self.path("999")).status == 404)
      #expect(try await lea.post("/api/training-participants", [:]).status == 400)
      #expect(try await lea.post("/api/training-participants", ["trainingId": "x"]).status == 400)
      let hidden = try await Self.made(boss, ["isVisible": false])
      let others = try await Self.made(boss, ["audience": ["role:moderator"]])
      for invisible in [hidden, others] {
        #expect(try await lea.post(Self.path(invisible)).status == 404)
        #expect(try await lea.get(Self.path(invisible)).status == 404)
        #expect(try await lea.get("/api/trainings/\(invisible)/training.ics").status == 404)
      }
      let closed = try await Self.made(boss, ["isActive": false])
      #expect(try await lea.post(Self.path(closed)).code == "TRAINING_CLOSED")
      let past = try await Self.made(
        boss, ["startDate": "2020-05-02T10:00:00Z", "endDate": "2020-05-02T11:00:00Z"])
      #expect(try await lea.post(Self.path(past)).code == "TRAINING_STARTED")
      let leas = try await test.id("lea")
      #expect(try await lea.delete("\(Self.path(id))/\(leas)").status == 404)
      #expect(try await lea.get("/api/users/\(test.id("boss"))/trainings").status == 403)
      #expect(try await test.count("SELECT count(*) FROM training_participants") == 0)
    }
  }

  @Test func `fifty people who register at once get no more places than there are`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let id = try await Self.made(boss, ["maxParticipants": 10])
      let names = (1...50).map { "person\($0)" }
      try await test.accounts(names)
      var clients: [TestClient] = []
      for name in names { clients.append(try await test.welcome(name, at: name)) }
      let waiting = try await withThrowingTaskGroup(of: Bool?.self) { group in
        for (number, client) in clients.enumerated() {
          group.addTask {
            // Older clients register by the other path.
            let answer =
              number % 2 == 0
              ? try await client.post(Self.path(id))
              : try await client.post(
                "/api/training-participants", ["trainingId": .string(id), "userId": "user-1"])
            return answer.status == 201 ? answer.json["isWaiting"]?.bool : nil
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(waiting.count { $0 == false } == 10)
      #expect(waiting.count { $0 == true } == 40)
      let training = try await boss.get("/api/trainings/\(id)").json
      #expect(training["currentParticipants"]?.int == 10 && training["waitingCount"]?.int == 40)
    }
  }

  @Test func `a free place goes to the first person waiting, who is notified`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let (lea, sam, zoe) = (
        try await test.person("lea"), try await test.person("sam"), try await test.person("zoe")
      )
      let id = try await Self.made(boss, ["maxParticipants": 1])
      for person in [lea, sam, zoe] { #expect(try await person.post(Self.path(id)).status == 201) }
      #expect(try await Self.people(id, lea) == ["lea": "registered", "sam": "waiting", "zoe": "waiting"])
      // The same again keeps the place, and the turn.
      for person in [zoe, sam, lea] { _ = try await person.post(Self.path(id)) }
      #expect(try await lea.get("/api/trainings/\(id)").json["myStatus"] == "registered")
      #expect(try await sam.get("/api/trainings/\(id)").json["myStatus"] == "waiting")
      #expect(try await sam.delete("\(Self.path(id))/\(test.id("lea"))").status == 403)
      #expect(try await lea.delete("\(Self.path(id))/\(test.id("lea"))").status == 200)
      #expect(try await Self.people(id, boss) == ["sam": "registered", "zoe": "waiting"])
      #expect(try await sam.notices() == ["training_changed 1 You have a place: Premiers secours"])
      #expect(try await zoe.notices().isEmpty)
      try await Self.change(id, ["maxParticipants": 2], boss)
      #expect(try await Self.people(id, boss) == ["sam": "registered", "zoe": "registered"])
      #expect(try await lea.post(Self.path(id)).json["isWaiting"] == true)
      _ = try await boss.send("PATCH", "/api/users/\(test.id("sam"))/status", ["isActive": false])
      try await test.runJob("trainings.remind")
      #expect(try await lea.get("/api/trainings/\(id)").json["myStatus"] == "registered")
      #expect(try await boss.delete("\(Self.path(id))/\(test.id("zoe"))").status == 200)
      #expect(try await zoe.notices().first == "training_changed 2 Registration cancelled: Premiers secours")
      let lines = try await test.appliance.database.read { connection in
        try connection.query(
          "/* test */ SELECT details FROM audit WHERE subject_type = 'trainings' ORDER BY id",
          map: { $0.text(0) })
      }
      #expect(lines.contains("register") && lines.last?.hasPrefix("cancel user") == true, "\(lines)")
    }
  }

  @Test func `changes notify those registered, and a narrowed audience ends registrations`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let (lea, sam) = (try await test.person("lea"), try await test.person("sam"))
      let id = try await Self.made(boss)
      for person in [lea, sam] { _ = try await person.post(Self.path(id)) }
      try await Self.change(id, ["description": "Ordre du jour"], boss)
      #expect(try await lea.notices().isEmpty)
      try await Self.change(id, ["location": "Salle B"], boss)
      #expect(try await lea.notices() == ["training_changed 1 Training changed: Premiers secours"])
      #expect(try await boss.notices().isEmpty)
      #expect(try await lea.post("/api/trainings/\(id)/seen").status == 200)
      #expect(try await lea.unread() == "0")
      try await Self.change(id, ["audience": [.string("user:\(test.id("sam"))")]], boss)
      #expect(try await lea.get("/api/trainings/\(id)").status == 404)
      #expect(try await Self.people(id, boss) == ["sam": "registered"])
      #expect(try await boss.delete("/api/trainings/\(id)").status == 200)
      #expect(try await sam.notices().first == "training_changed 1 Training cancelled: Premiers secours")
    }
  }

  @Test func `open pages of those concerned hear of each registration`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let lea = try await test.person("lea")
      let socket = try await TestWebSocket.signedIn(lea)
      let hidden = try await Self.made(boss, ["isVisible": false])
      let id = try await Self.made(boss)
      _ = try await boss.post(Self.path(hidden))
      _ = try await boss.post(Self.path(id))
      for verb in ["create", "change"] {
        let heard = try await socket.next("TRAINING_UPDATE")
        #expect(heard["id"]?.string == id && heard["verb"]?.string == verb)
      }
      socket.close()
    }
  }

  @Test func `upcoming trainings are listed by date in pages, and nothing is there while the module is off`()
    async throws
  {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let lea = try await test.person("lea")
      let undated = try await Self.made(boss, ["startDate": .null, "endDate": .null])
      let late = try await Self.made(boss, ["startDate": "2040-06-01", "endDate": .null])
      _ = try await Self.made(boss, ["startDate": "2020-05-02", "endDate": .null])
      _ = try await Self.made(boss, ["isVisible": false])
      let early = try await Self.made(boss)
      var (found, next): ([String], String?) = ([], "")
      while let before = next, found.count < 10 {
        let cursor = before.isEmpty ? "" : "&before=\(before)"
        let page = try await lea.get("/api/trainings/upcoming?limit=1\(cursor)")
        found += page.json.array?.compactMap { $0["id"]?.string } ?? []
        next = page.headers["x-next-before"]
      }
      #expect(found == [early, late, undated])
      #expect(try await lea.get("/api/trainings/upcoming?before=x").status == 400)
      _ = try await boss.send("PATCH", "/api/system-settings", ["showTraining": false])
      for path in [
        "/api/trainings", "/api/trainings/upcoming", "/api/training-recommendations", Self.path(early),
      ] {
        #expect(try await lea.get(path).status == 404, "\(path)")
      }
      #expect(try await lea.get("/api/home").json["trainings"] == nil)
    }
  }
}
