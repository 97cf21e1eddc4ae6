import HTTP
import Testing

@testable import Appliance

/// Waiting lists of what is over.
@Suite(.timeLimit(.minutes(30))) struct PastEventsTests {
  private static let start: Int64 = 1_792_000_000_000

  /// An event and a training tomorrow with one place each: Lea has it, Sam waits.
  private static func run(
    _ body: (TestAppliance, ManualTime, _ boss: TestClient, _ event: String) async throws -> Void
  ) async throws {
    let time = ManualTime(start)
    try await TestAppliance.run(clock: .manual(time)) { test in
      let boss = try await test.person("boss", role: .admin)
      let tomorrow = JSONValue.string("\(start + 24 * 3_600_000)")
      let event = try await EventsTests.made(
        boss, ["date": tomorrow, "endDate": .null, "recurrence": "", "places": 1])
      let training = try await TrainingsTests.made(
        boss, ["startDate": tomorrow, "endDate": .null, "maxParticipants": 1])
      for name in ["lea", "sam"] {
        let person = try await test.person(name)
        #expect(try await person.put("/api/events/\(event)/answer", ["answer": "yes"]).status == 200)
        #expect(try await person.post(TrainingsTests.path(training)).status == 201)
      }
      try await body(test, time, boss, event)
    }
  }

  private static func waiting(_ test: TestAppliance) async throws -> Int64 {
    for job in ["events.remind", "trainings.remind"] { try await test.runJob(job) }
    return try await test.count("SELECT count(*) FROM event_participants WHERE answer = 'waiting'")
      + test.count("SELECT count(*) FROM training_participants WHERE is_waiting = 1")
  }

  private static let leave = "UPDATE users SET is_active = 0 WHERE username = 'lea'"

  @Test func `a place that becomes free in time is given`() async throws {
    try await Self.run { test, _, _, _ in
      #expect(try await Self.waiting(test) == 2)
      try await test.write(Self.leave)
      #expect(try await Self.waiting(test) == 0)
    }
  }

  @Test func `nobody is told of a place in what is over, whoever makes room`() async throws {
    try await Self.run { test, time, boss, event in
      time.advance(by: .seconds(3 * 24 * 3600))
      try await test.write(Self.leave)
      #expect(try await Self.waiting(test) == 2)
      #expect(try await boss.patch("/api/events/\(event)", ["places": 5]).status == 200)
      #expect(try await Self.waiting(test) == 2)
      let told = "SELECT count(*) FROM notifications WHERE kind IN ('event_changed', 'training_changed')"
      #expect(try await test.count(told) == 0)
    }
  }
}
