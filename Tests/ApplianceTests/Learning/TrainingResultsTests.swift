import HTTP
import Testing

@testable import Appliance

/// What the instructor records, feedback, and renewal.
@Suite(.timeLimit(.minutes(30))) struct TrainingResultsTests {
  private static let start: Int64 = 1_792_000_000_000
  private static let day: Int64 = 24 * 3_600_000

  /// A training that Max gives in an hour, for two hours, with Lea and Sam registered.
  private static func session(
    _ changes: [String: JSONValue] = [:], _ body: (Session) async throws -> Void
  ) async throws {
    let time = ManualTime(start)
    try await TestAppliance.run(clock: .manual(time)) { test in
      let boss = try await test.person("boss", role: .admin)
      let max = try await test.person("max")
      let (lea, sam) = (try await test.person("lea"), try await test.person("sam"))
      let id = try await TrainingsTests.made(
        boss,
        [
          "startDate": .string("\(start + 3_600_000)"), "endDate": .string("\(start + 3 * 3_600_000)"),
          "instructorId": .string(String(test.id("max"))),
        ].merging(changes) { $1 })
      for person in [lea, sam] { #expect(try await person.post(TrainingsTests.path(id)).status == 201) }
      try await body(
        Session(
          test: test, time: time, boss: boss, max: max, lea: lea, sam: sam, id: id,
          leas: "\(TrainingsTests.path(id))/\(test.id("lea"))",
          sams: "\(TrainingsTests.path(id))/\(test.id("sam"))"))
    }
  }

  private struct Session {
    let test: TestAppliance
    let time: ManualTime
    let boss: TestClient
    /// The instructor.
    let max: TestClient
    let lea: TestClient
    let sam: TestClient
    let id: String
    /// The paths of their parts.
    let leas: String
    let sams: String

    /// Until the training has begun.
    func begin() { time.advance(by: .seconds(2 * 3600)) }
    func wait(days: Int) { time.advance(by: .seconds(days * 24 * 3600)) }
  }

  @Test func `only the instructor records results, once it has started, and only participants give feedback`()
    async throws
  {
    try await Self.session { (session: Session) async throws in
      let (max, lea, sam) = (session.max, session.lea, session.sam)
      #expect(try await max.send("PATCH", session.leas, ["attended": true]).code == "TRAINING_NOT_STARTED")
      #expect(try await lea.send("PATCH", session.leas, ["feedback": "Bien"]).code == "TRAINING_NOT_STARTED")
      session.begin()
      for wrong in [["score": 101], ["score": -1], ["score": "9"], ["attended": 1], ["status": "done"]]
        as [JSONValue]
      {
        #expect(try await max.send("PATCH", session.leas, wrong).status == 400, "\(wrong)")
      }
      for mine in [["score": 100], ["attended": true], ["status": "completed"]] as [JSONValue] {
        #expect(try await lea.send("PATCH", session.leas, mine).status == 403)
        #expect(try await sam.send("PATCH", session.leas, mine).status == 403)
      }
      #expect(try await max.send("PATCH", session.leas, ["feedback": "Merci"]).status == 403)
      #expect(try await lea.delete(session.leas).code == "TRAINING_STARTED")
      #expect(try await sam.get(session.leas).status == 404)
      #expect(
        try await session.test.count(
          "SELECT count(*) FROM training_participants WHERE status <> 'registered' OR score IS NOT NULL") == 0
      )
    }
  }

  @Test func `attendance completes a training, and results are shown to those concerned`() async throws {
    try await Self.session(["validMonths": 12]) { (session: Session) async throws in
      session.begin()
      let done = try await session.max.send("PATCH", session.leas, ["attended": true, "score": 92]).json
      #expect(done["status"] == "completed" && done["score"]?.int == 92 && done["attended"] == true)
      #expect(done["completionDate"]?.string == "2026-10-14T19:46:40.000Z", "\(done)")
      #expect(done["validUntil"]?.string == "2027-10-14T19:46:40.000Z", "\(done)")
      #expect(try await session.lea.send("PATCH", session.leas, ["feedback": " Très clair "]).status == 200)
      #expect(
        try await session.max.send("PUT", session.sams, ["attended": false]).json["status"] == "registered")
      let own = try await session.lea.get("/api/training-participants").json[0]
      #expect(own?["score"]?.int == 92 && own?["feedback"] == "Très clair")
      let list =
        try await session.sam.get("/api/training-participants?trainingId=\(session.id)").json.array ?? []
      #expect(list.count == 2)
      for one in list where one["userName"] == "Lea" {
        #expect(one["score"]?.isNull == true && one["feedback"] == "" && one["attended"]?.isNull == true)
      }
      let mine = try await session.boss.get("/api/users/\(session.test.id("lea"))/trainings").json[0]
      #expect(mine?["title"] == "Premiers secours" && mine?["score"]?.int == 92)
      #expect(try await session.lea.get("/api/trainings/\(session.id)").json["myStatus"] == "completed")
      #expect(try await session.boss.delete("/api/trainings/\(session.id)").code == "TRAINING_HAS_RECORDS")
      let taken = try await session.max.send("PATCH", session.leas, ["attended": .null]).json
      #expect(taken["status"] == "registered" && taken["completionDate"]?.isNull == true)
    }
  }

  @Test func `who waited gets no place before somebody is recorded as absent`() async throws {
    try await Self.session(["maxParticipants": 1]) { (session: Session) async throws in
      session.begin()
      #expect(try await session.max.send("PATCH", session.sams, ["attended": true]).code == "TRAINING_FULL")
      #expect(try await session.max.send("PATCH", session.leas, ["attended": false]).status == 200)
      #expect(
        try await session.max.send("PATCH", session.sams, ["attended": true]).json["status"] == "completed")
      #expect(try await session.max.send("PATCH", session.leas, ["attended": true]).code == "TRAINING_FULL")
      #expect(
        try await session.max.send("PATCH", session.leas, ["status": "registered"]).code == "TRAINING_FULL")
      let training = try await session.boss.get("/api/trainings/\(session.id)").json
      #expect(training["currentParticipants"]?.int == 1)
    }
  }

  @Test func `a completion stays while its person renews it at a new date`() async throws {
    try await Self.session(["validMonths": 1, "maxParticipants": 2]) { (session: Session) async throws in
      session.begin()
      _ = try await session.max.send("PATCH", session.leas, ["attended": true])
      #expect(try await session.lea.delete(session.leas).status == 409)
      session.wait(days: 10)
      let next = "\(Self.start + 60 * Self.day)"
      try await TrainingsTests.change(
        session.id, ["startDate": .string(next), "endDate": .null], session.boss)
      // Sam was registered for the date that is over, and takes no place at the new one.
      #expect(try await TrainingsTests.people(session.id, session.boss) == ["lea": "completed"])
      #expect(
        try await session.boss.get("/api/trainings/\(session.id)").json["currentParticipants"]?.int == 0)
      let again = try await session.lea.post(TrainingsTests.path(session.id)).json
      #expect(again["status"] == "registered" && again["completionDate"]?.string != nil)
      #expect(try await session.lea.delete(session.leas).status == 200)
      #expect(try await session.lea.get(session.leas).json["status"] == "completed")
    }
  }
}
