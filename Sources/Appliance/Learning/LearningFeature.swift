import HTTP
import Store

/// The learner's overview, what trainers see of their learners, and the figures for managers.
struct LearningFeature: Feature {
  let database: Database
  let clock: Clock
  let hub: Hub
  let settings: SystemSettings
  let notifications: Notifications

  var jobs: [any JobKind] {
    [CourseReminders(database: database, settings: settings, notifications: notifications)]
  }

  var routes: [Route] {
    (overviewRoutes + learnerRoutes + helpRoutes + teachingRoutes + analyticsRoutes)
      .map { $0.belonging(to: .training, settings) }
  }
}
