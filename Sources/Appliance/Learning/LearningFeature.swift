import HTTP
import Store

/// The learner's overview, what trainers see of their learners, and the figures for managers.
struct LearningFeature: Feature {
  let database: Database
  let clock: Clock
  let hub: Hub
  let settings: SystemSettings
  let notifications: Notifications

  var jobs: [any JobKind] { [CourseReminders(database: database, notifications: notifications)] }

  var routes: [Route] {
    (overviewRoutes + learnerRoutes + helpRoutes + teachingRoutes + analyticsRoutes)
      .map { $0.belonging(to: .training, settings) }
  }

  static func csv(_ bytes: [UInt8], _ name: String) -> Response {
    var response = Response.bytes(bytes, contentType: "text/csv; charset=utf-8")
    response.add("Content-Disposition", "attachment; filename=\"\(name)\"")
    response.add("Cache-Control", "private, no-cache")
    return response
  }

  /// A time in a cell of a table: RFC 3339; nothing without one.
  static func cell(_ milliseconds: Int64?) -> String {
    guard let milliseconds else { return "" }
    var json = JSONWriter()
    json.value(millisecondsAsTime: milliseconds)
    return String(decoding: json.bytes.dropFirst().dropLast(), as: UTF8.self)
  }
}
