import Store

/// Services shared by the modules of the intranet.
struct IntranetServices: Sendable {
  let database: Database
  let hub: Hub
  let clock: Clock
  let queue: JobQueue
  let notifications: Notifications
  let quotas: Quotas
}
