import HTTP
import Testing

@testable import Appliance

/// Mandatory courses: who is told, who is late, and the warnings before the deadline.
@Suite(.timeLimit(.minutes(30))) struct MandatoryCoursesTests {
  private static let start: Int64 = 1_792_000_000_000
  private static let day: Int64 = 24 * 3_600_000

  private static func at(_ days: Int64) -> JSONValue { .string("\(start + days * day)") }

  private static func change(_ course: String, _ changes: JSONValue, _ school: School) async throws {
    let answer = try await school.trainer.send("PATCH", "/api/courses/\(course)", changes)
    #expect(answer.status == 200, "\(answer.text)")
  }

  @Test func `those concerned are told once it is mandatory and published, and its author is not`()
    async throws
  {
    try await School.run(ManualTime(Self.start)) { school in
      let id = try await school.test.id("lea")
      let course = try await school.course(
        "Safety", ["isPublished": false, "isMandatory": true, "audience": .array([.string("user:\(id)")])])
      #expect(try await school.lea.notices().isEmpty)
      try await Self.change(course, ["isPublished": true], school)
      #expect(try await school.lea.notices() == ["course_mandatory 1 Mandatory course: Safety"])
      try await Self.change(course, ["description": "x"], school)
      #expect(try await school.lea.notices() == ["course_mandatory 1 Mandatory course: Safety"])
      #expect(try await school.sam.notices().isEmpty)
      try await Self.change(course, ["audience": []], school)
      #expect(try await school.sam.notices() == ["course_mandatory 1 Mandatory course: Safety"])
      #expect(try await school.lea.notices() == ["course_mandatory 1 Mandatory course: Safety"])
      #expect(try await school.trainer.notices().isEmpty)
      try await Self.change(course, ["isMandatory": false], school)
      #expect(try await school.lea.unread() == "0")
      let late = try await school.trainer.send(
        "PATCH", "/api/courses/\(course)", ["dueDate": "9999-01-01T00:00:00Z"])
      #expect(late.status == 400)
    }
  }

  @Test func `who has not completed it is warned a week before the deadline and at it, once each`()
    async throws
  {
    let time = ManualTime(Self.start)
    try await School.run(time) { school in
      let course = try await school.course("Safety", ["isMandatory": true, "dueDate": Self.at(10)])
      let lessons = try await school.lessons("One", in: course)
      try await school.enrol(school.sam, in: course)
      _ = try await school.complete(lessons[0], by: school.sam)
      for client in [school.lea, school.sam] { _ = try await client.post("/api/notifications/read-all") }
      /// Runs the job twice, so that what is told twice would count.
      func pass(days: Int) async throws -> Int64 {
        time.advance(by: .seconds(days * 24 * 3600))
        for _ in 0..<2 { try await school.test.runJob("courses.remind") }
        return try await school.test.count(
          "/* test */ SELECT coalesce(sum(count), 0) FROM notifications WHERE read_at IS NULL")
      }
      #expect(try await pass(days: 2) == 0)
      #expect(try await pass(days: 1) == 1)
      #expect(try await school.lea.notices().first == "course_mandatory 1 Mandatory course: Safety")
      let path = "/api/courses/\(course)"
      let states = try await school.trainer.get("\(path)/learners").json["counts"]
      #expect(states?["late"] == 0 && states?["notStarted"] == 1 && states?["done"] == 1)
      let due = try await school.lea.get("/api/learning/overview").json["due"]?[0]
      #expect(due?["kind"] == "course" && due?["id"]?.string == course && due?["isLate"] == false)
      #expect(try await pass(days: 7) == 2)
      #expect(try await school.lea.notices().first == "course_mandatory 2 Overdue course: Safety")
      #expect(try await school.sam.notices().allSatisfy { !$0.contains("Overdue") })
      let late = try await school.trainer.get("\(path)/learners?state=late").json
      #expect(late["total"] == 2 && late["people"]?[0]?["username"] == "lea")
      #expect(late["people"]?[0]?["isEnrolled"] == false)
      // The server's warning counts as a reminder.
      #expect(try await school.trainer.post("\(path)/remind").json["skipped"] == 1)
      #expect(try await school.lea.get("/api/home").json["dueCourses"]?[0]?["isLate"] == true)
      #expect(try await school.sam.get("/api/home").json["dueCourses"] == [])
      #expect(try await pass(days: 1) == 2)
    }
  }

  @Test func `a new deadline warns again, and one that was deleted warns nobody`() async throws {
    let time = ManualTime(Self.start)
    try await School.run(time) { school in
      let course = try await school.course("Safety", ["isMandatory": true, "dueDate": Self.at(2)])
      let planned = "SELECT count(*) FROM course_warnings"
      #expect(try await school.test.count(planned) == 1)
      try await Self.change(course, ["dueDate": .null], school)
      #expect(try await school.test.count(planned) == 0)
      try await Self.change(course, ["dueDate": Self.at(9)], school)
      #expect(try await school.test.count("SELECT warn_at FROM course_warnings") == Self.start + 2 * Self.day)
      _ = try await school.trainer.delete("/api/courses/\(course)")
      #expect(try await school.test.count(planned) == 0)
      time.advance(by: .seconds(3600))
      _ = try await school.lea.post("/api/notifications/read-all")
      #expect(try await school.trainer.post("/api/courses/\(course)/restore").status == 200)
      #expect(try await school.test.count(planned) == 1)
      #expect(try await school.lea.unread() == "0")
    }
  }
}
