import HTTP
import Store

/// The section of mandatory courses to complete.
extension HomeSection {
  private static let mostDueCourses = 5

  static func dueCourses(_ settings: SystemSettings) -> HomeSection {
    HomeSection(
      name: "dueCourses",
      schema: .array(
        .members(["id": .id, "title": .string, "deadline": .optional(.time), "isLate": .boolean])),
      isOn: { settings.isOn(.training) }
    ) { account, now, connection, json in
      let due = try CourseDuty.open(for: account, at: now, in: connection)
      json.array { json in
        for course in due.prefix(mostDueCourses) {
          json.object { json in
            json.id("id", course.id)
            json.field("title", course.title)
            json.time("deadline", course.deadline)
            json.field("isLate", course.deadline.map { $0 <= now } ?? false)
          }
        }
      }
    }
  }
}
