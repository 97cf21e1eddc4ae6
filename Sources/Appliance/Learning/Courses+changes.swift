import HTTP
import Store

extension Courses {
  static func check(_ change: Resource.Change) throws {
    guard let time = change.new?.int64(dueDate), !Event.times.contains(time) else { return }
    throw Failure.invalid([
      dueDate.wrong("OUT_OF_RANGE", fr: "Une date de 1970 à 2199.", en: "A date from 1970 to 2199.")
    ])
  }

  /// Plans the warnings of a course, and notifies those for whom it has become mandatory. A course that comes back from
  /// the bin is no news.
  static func follow(_ change: Resource.Change, _ notifications: Notifications, in tx: Transaction) throws {
    guard let new = change.new.map(Course.init) else {
      try CourseWarning.cancel(change.id, in: tx)
      return try notifications.settle(Course.subject(change.id), in: tx)
    }
    let old = change.verb == .restore ? nil : change.old.map(Course.init)
    if old?.deadline != new.deadline || old == nil { try CourseWarning.plan(new, in: tx) }
    guard change.verb != .restore else { return }
    if old?.isRequired == true, !new.isRequired {
      try notifications.settle(Course.subject(new.id), in: tx)
    }
    try askAudience(of: new, without: old, by: change.actor, notifications, in: tx)
  }

  private static func askAudience(
    of course: Course, without old: Course?, by actor: Account, _ notifications: Notifications,
    in tx: Transaction
  ) throws {
    guard course.isRequired else { return }
    var people = Set(try CourseDuty.open(of: course, at: tx.now, in: tx))
    if let old, old.isRequired {
      guard old.audience != course.audience else { return }
      people.subtract(try Readership.members(of: old.audience, in: tx))
    }
    try notifications.notify(
      people, of: course.notice(.courseMandatory, by: actor.id, CourseDuty.details(of: course, "assigned")),
      in: tx)
  }
}
