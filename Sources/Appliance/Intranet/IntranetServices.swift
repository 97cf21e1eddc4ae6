import Store

/// What the modules of the intranet share.
struct IntranetServices: Sendable {
  let database: Database
  let hub: Hub
  let clock: Clock
  let queue: JobQueue
  let notifications: Notifications
  let quotas: Quotas
}
