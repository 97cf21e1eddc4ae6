import HTTP
import TestSupport
import Testing

@testable import Appliance

/// The counts of lessons that courses and enrolments carry.
@Suite(.timeLimit(.minutes(30))) struct LessonCountsTests {
  /// The courses and enrolments whose counts the rows do not confirm.
  private static let wrongSQL = """
    SELECT (SELECT count(*) FROM courses AS c WHERE lesson_count <> (
        SELECT count(*) FROM lessons AS l WHERE l.course_id = c.id AND l.deleted_at IS NULL))
      + (SELECT count(*) FROM enrollments AS e WHERE done_count <> (
        SELECT count(*) FROM lesson_progress AS p JOIN lessons AS l ON l.id = p.lesson_id
        WHERE p.enrollment_id = e.id AND p.completed_at IS NOT NULL AND l.deleted_at IS NULL))
    """

  private struct Walk {
    let school: School
    var courses: [String]
    var lessons: [String] = []
    var random: SeededRandom

    mutating func step() async throws {
      let course = courses.randomElement(using: &random) ?? ""
      let lesson = lessons.randomElement(using: &random) ?? ""
      let person = Bool.random(using: &random) ? school.lea : school.sam
      switch Int.random(in: 0..<10, using: &random) {
      case 0, 1: lessons += try await school.lessons("More", in: course)
      case 2...4: _ = try await person.post("/api/lessons/\(lesson)/complete")
      case 5: _ = try await school.trainer.delete("/api/lessons/\(lesson)")
      case 6: _ = try await school.trainer.post("/api/lessons/\(lesson)/restore")
      case 7:
        let isRequired = JSONValue.bool(Bool.random(using: &random))
        _ = try await school.trainer.patch("/api/lessons/\(lesson)", ["isRequired": isRequired])
      case 8: try await school.test.write("DELETE FROM lessons WHERE id = \(Int(lesson) ?? 0)")
      default:
        try await school.test.write(
          "UPDATE lessons SET course_id = \(Int(course) ?? 0) WHERE id = \(Int(lesson) ?? 0)")
      }
    }
  }

  @Test func `whatever happens to lessons, the counts are those of the rows`() async throws {
    try await School.run { school in
      let courses = [try await school.course("One"), try await school.course("Two")]
      for course in courses {
        for person in [school.lea, school.sam] { try await school.enrol(person, in: course) }
      }
      var walk = Walk(
        school: school, courses: courses, random: SeededRandom(seed: SeededRandom.chosenSeed(default: 76)))
      walk.lessons = try await school.lessons("First", in: courses[0])
      for number in 0..<150 {
        try await walk.step()
        #expect(try await school.test.count(Self.wrongSQL) == 0, "after step \(number)")
      }
      #expect(try await school.test.count("SELECT sum(done_count) FROM enrollments") > 0)
      _ = try await school.trainer.delete("/api/courses/\(courses[0])")
      try await school.test.write("DELETE FROM courses WHERE id = \(Int(courses[1]) ?? 0)")
      #expect(try await school.test.count(Self.wrongSQL) == 0)
    }
  }

  @Test func `a course taken again has no lesson done, and answers say the counts`() async throws {
    try await School.run { school in
      let (course, lesson, code) = try await CertificatesTests.earned(school)
      #expect(try await school.enrolment(school.lea, in: course)["completedLessons"] == 1)
      _ = try await school.trainer.put("/api/certificates/\(code)/revocation", ["reason": "Again"])
      #expect(try await school.lea.post("/api/courses/\(course)/renew").status == 200)
      #expect(try await school.test.count(Self.wrongSQL) == 0)
      let mine = try await school.enrolment(school.lea, in: course)
      #expect(mine["completedLessons"] == 0 && mine["lessonCount"] == 1)
      _ = try await school.trainer.delete("/api/lessons/\(lesson)")
      #expect(try await school.lea.get("/api/courses/\(course)").json["lessonCount"] == 0)
    }
  }
}
