import HTTP
import Testing

@testable import Appliance

/// Certificates: who gets one, what it says, and what anyone may learn from its number.
@Suite(.timeLimit(.minutes(30))) struct CertificatesTests {
  /// A course with one lesson that Lea has completed, and her certificate.
  static func earned(
    _ school: School, _ changes: [String: JSONValue] = [:]
  ) async throws -> (course: String, lesson: String, code: String) {
    let course = try await school.course("First aid", changes)
    let lesson = try await school.lessons("One", in: course)[0]
    try await school.enrol(school.lea, in: course)
    #expect(try await school.complete(lesson, by: school.lea)["status"] == "completed")
    let mine = try await school.lea.get("/api/my-certificates?courseId=\(course)").json
    #expect(mine.array?.count == 1)
    return (course, lesson, mine[0]?["code"]?.string ?? "")
  }

  @Test func `there is none before the course is completed, nor for somebody else's completion`() async throws
  {
    try await School.run { school in
      let course = try await school.course()
      let lesson = try await school.lessons("One", in: course)[0]
      let body: JSONValue = ["courseId": .string(course)]
      #expect(try await school.test.client.post("/api/certificates", body).status == 401)
      #expect(try await school.test.client.get("/api/my-certificates").status == 401)
      #expect(try await school.lea.post("/api/certificates").status == 400)
      #expect(try await school.lea.post("/api/certificates", ["courseId": "999"]).status == 404)
      let both: JSONValue = ["courseId": "1", "trainingId": "1"]
      #expect(try await school.lea.post("/api/certificates", both).status == 400)
      #expect(try await school.lea.post("/api/certificates", body).code == "NOT_COMPLETED")
      for person in [school.lea, school.sam] { try await school.enrol(person, in: course) }
      #expect(try await school.lea.post("/api/certificates", body).code == "NOT_COMPLETED")
      _ = try await school.complete(lesson, by: school.lea)
      #expect(try await school.sam.post("/api/certificates", body).code == "NOT_COMPLETED")
      #expect(try await school.sam.get("/api/my-certificates").json == [])
      #expect(try await school.sam.get("/api/certificates").status == 403)
      #expect(try await school.lea.get("/api/my-certificates").json.array?.count == 1)
    }
  }

  @Test func `it is there once the course is completed, and the same when asked fifty times at once`()
    async throws
  {
    try await School.run { school in
      let (course, _, code) = try await Self.earned(school)
      let answers = try await withThrowingTaskGroup(of: (Int, String?).self) { group in
        for _ in 1...50 {
          group.addTask {
            let answer = try await school.lea.post("/api/certificates", ["courseId": .string(course)])
            return (answer.status, answer.json["code"]?.string)
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(answers.allSatisfy { $0 == (200, code) })
      #expect(try await school.test.count("SELECT count(*) FROM certificates") == 1)
      try await school.test.runJob("certificates.remind")
      try await school.test.runJob("certificates.remind")
      #expect(try await school.lea.notices() == ["certificate 1 Your certificate is ready: First aid"])
    }
  }

  @Test func `its number tells anyone what the paper says, and nothing else`() async throws {
    try await School.run { school in
      let (_, _, code) = try await Self.earned(school)
      let stranger = school.test.client
      let answer = try await stranger.get("/api/certificates/\(code)").json
      let names = [
        "completedAt", "issuedAt", "kind", "name", "organisation", "score", "status", "title", "validUntil",
      ]
      #expect(answer.object?.keys.sorted() == names)
      #expect(answer["status"] == "valid" && answer["name"] == "Lea" && answer["title"] == "First aid")
      #expect(answer["organisation"] == "OBox" && answer["score"] == .null && answer["validUntil"] == .null)
      for typed in [code.lowercased(), code.split(separator: "-").joined()] {
        #expect(try await stranger.get("/api/certificates/\(typed)").json == answer)
      }
      for wrong in ["0000-0000-0000-0000-0000", "1", String(code.dropLast())] {
        #expect(try await stranger.get("/api/certificates/\(wrong)").code == "UNKNOWN_CERTIFICATE")
        #expect(try await stranger.get("/api/certificates/\(wrong).pdf").code == "UNKNOWN_CERTIFICATE")
      }
    }
  }

  @Test func `a paper that was issued does not follow new names, nor the end of the account and the course`()
    async throws
  {
    try await School.run { school in
      let (course, _, code) = try await Self.earned(school)
      let before = try await school.test.client.get("/api/certificates/\(code)").json
      #expect(try await school.lea.put("/api/profile", ["name": "Lea Other"]).status == 200)
      let changed = try await school.trainer.send(
        "PATCH", "/api/courses/\(course)", ["title": "Other", "isPublished": false])
      #expect(changed.status == 200)
      let boss = try await school.test.person("boss", role: .admin)
      let named = try await boss.send("PATCH", "/api/system-settings", ["organisationName": "Horizon"])
      #expect(named.json["organisationName"] == "Horizon")
      #expect(try await school.test.client.get("/api/certificates/\(code)").json == before)
      _ = try await school.trainer.delete("/api/courses/\(course)")
      try await school.test.appliance.database.write { tx in
        try tx.execute("DELETE FROM courses")
        try tx.execute("DELETE FROM users WHERE username = 'lea'")
      }
      #expect(try await school.test.client.get("/api/certificates/\(code)").json == before)
    }
  }

  @Test func `who manages trainings revokes it with a reason, and its verification says so`() async throws {
    try await School.run { school in
      let (_, _, code) = try await Self.earned(school)
      let path = "/api/certificates/\(code)/revocation"
      #expect(try await school.lea.put(path, ["reason": "no"]).status == 403)
      #expect(try await school.trainer.put(path, ["reason": " "]).status == 400)
      let unknown = "/api/certificates/0000-0000-0000-0000-0000/revocation"
      #expect(try await school.trainer.put(unknown, ["reason": "no"]).status == 404)
      let revoked = try await school.trainer.put(path, ["reason": "Wrong person"]).json
      #expect(revoked["status"] == "revoked" && revoked["reason"] == "Wrong person")
      let told = try await school.test.client.get("/api/certificates/\(code)")
      #expect(told.json["status"] == "revoked" && !told.text.contains("Wrong person"))
      #expect(try await school.test.client.get("/api/certificates/\(code).pdf").status == 410)
      #expect(try await school.lea.get("/api/my-certificates").json[0]?["reason"] == "Wrong person")
      #expect(try await school.lea.notices() == ["certificate 1 Certificate revoked: First aid"])
      #expect(try await school.trainer.delete(path).json["status"] == "valid")
      #expect(try await school.trainer.get("/api/certificates").json.array?.count == 1)
    }
  }

  @Test func `without the module only issued papers are there`() async throws {
    try await School.run { school in
      let (course, _, code) = try await Self.earned(school)
      let boss = try await school.test.person("boss", role: .admin)
      _ = try await boss.send("PATCH", "/api/system-settings", ["showTraining": false])
      #expect(try await school.lea.get("/api/my-certificates").status == 404)
      #expect(try await school.lea.post("/api/certificates", ["courseId": .string(course)]).status == 404)
      #expect(try await school.lea.post("/api/courses/\(course)/renew").status == 404)
      #expect(try await school.test.client.get("/api/certificates/\(code)").json["status"] == "valid")
      #expect(try await school.test.client.get("/api/certificates/\(code).pdf").status == 200)
    }
  }

  @Test
  func `a course is taken again within thirty days of the end, and the first certificate keeps its own`()
    async throws
  {
    let time = ManualTime()
    try await School.run(time) { school in
      let (course, lesson, code) = try await Self.earned(school, ["validMonths": 12])
      let renew = "/api/courses/\(course)/renew"
      #expect(try await school.sam.post(renew).code == "NOT_ENROLLED")
      #expect(try await school.lea.post(renew).code == "NOT_RENEWABLE")
      let lea = try await Self.back(after: 300, time, school)
      try await school.test.runJob("certificates.remind")
      #expect(try await lea.notices() == ["certificate 1 Your certificate is ready: First aid"])
      let soon = try await Self.back(after: 40, time, school)
      for _ in 0..<2 { try await school.test.runJob("certificates.remind") }
      // Told once; it takes the place of the first notification, which is unread.
      #expect(try await soon.notices() == ["certificate 2 Certificate to renew: First aid"])
      #expect(try await soon.get("/api/my-certificates").json[0]?["mayRenew"] == true)
      let again = try await soon.post(renew).json
      #expect(again["status"] == "enrolled" && again["progress"] == 0 && again["completedLessons"] == 0)
      #expect(try await soon.post(renew).code == "NOT_COMPLETED")
      #expect(try await school.test.client.get("/api/certificates/\(code)").json["status"] == "valid")
      _ = try await school.complete(lesson, by: soon)
      let all = try await soon.get("/api/my-certificates").json.array ?? []
      #expect(all.count == 2 && all.first?["code"]?.string != code)
      time.advance(by: .seconds(40 * 24 * 3600))
      #expect(try await school.test.client.get("/api/certificates/\(code)").json["status"] == "expired")
      let newest = all.first?["code"]?.string ?? ""
      #expect(try await school.test.client.get("/api/certificates/\(newest)").json["status"] == "valid")
    }
  }

  /// Lea, signed in again some days later: sessions end meanwhile.
  private static func back(after days: Int, _ time: ManualTime, _ school: School) async throws -> TestClient {
    time.advance(by: .seconds(days * 24 * 3600))
    let home = school.test.client(at: "lea")
    let answer = try await home.post(
      "/api/auth/login", ["username": "lea", "password": .string(TestAppliance.password)])
    return home.signedIn(answer.json["token"]?.string)
  }

  @Test func `quizzes start anew with the course, earlier attempts are kept, and it stays a prerequisite`()
    async throws
  {
    let time = ManualTime()
    try await School.run(time) { school in
      let course = try await school.course("First aid", ["validMonths": 1])
      try await school.enrol(school.lea, in: course)
      let quiz = try await school.quiz(in: course, ["maxAttempts": 1, "allowRetries": false])
      let next = try await school.course("Next", ["prerequisites": [.string(course)]])
      let sheet = try await school.start(quiz, by: school.lea)
      let passed = try await school.submit(school.right(sheet, of: quiz), to: quiz, by: school.lea)
      #expect(passed.json["passed"] == true, "\(passed.text)")
      #expect(try await school.lea.get("/api/my-certificates").json[0]?["score"]?.int == 100)
      time.advance(by: .seconds(10 * 24 * 3600))
      #expect(try await school.lea.post("/api/courses/\(course)/renew").status == 200)
      #expect(try await school.lea.get("/api/quizzes?courseId=\(course)").json[0]?["isPassed"] == false)
      #expect(try await school.lea.get("/api/quizzes/\(quiz)/attempts?mine=1").json.array?.count == 1)
      #expect(try await school.enrol(school.lea, in: next).status == 201)
      let second = try await school.start(quiz, by: school.lea)
      #expect(second["attempt"]?.int == 2)
      let answer = try await school.submit(school.right(second, of: quiz), to: quiz, by: school.lea)
      #expect(answer.json["passed"] == true)
      #expect(try await school.lea.get("/api/my-certificates").json.array?.count == 2)
    }
  }

  @Test
  func `a training's certificate follows what its instructor records, and a completion that is taken back`()
    async throws
  {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let (lea, sam) = (try await test.person("lea"), try await test.person("sam"))
      let id = try await TrainingsTests.made(boss, ["startDate": .null, "endDate": .null, "validMonths": 12])
      let body: JSONValue = ["trainingId": .string(id)]
      #expect(try await lea.post("/api/certificates", body).code == "NOT_COMPLETED")
      for person in [lea, sam] { #expect(try await person.post(TrainingsTests.path(id)).status == 201) }
      let part = "\(TrainingsTests.path(id))/\(try await test.id("lea"))"
      #expect(try await boss.send("PATCH", part, ["attended": true]).json["status"] == "completed")
      #expect(try await sam.post("/api/certificates", body).code == "NOT_COMPLETED")
      let first = try await lea.post("/api/certificates", body)
      #expect(first.status == 200 && first.json["kind"] == "training" && first.json["score"] == .null)
      #expect(first.json["validUntil"]?.string != nil)
      _ = try await boss.send("PATCH", part, ["score": 81])
      #expect(try await lea.post("/api/certificates", body).json["score"]?.int == 81)
      #expect(try await boss.send("PATCH", part, ["attended": .null]).json["status"] == "registered")
      let code = first.json["code"]?.string ?? ""
      #expect(try await test.client.get("/api/certificates/\(code)").json["status"] == "revoked")
      #expect(try await lea.post("/api/certificates", body).code == "NOT_COMPLETED")
      _ = try await boss.send("PATCH", part, ["attended": true])
      let second = try await lea.post("/api/certificates", body).json
      #expect(second["status"] == "valid" && second["code"]?.string != code)
    }
  }
}
