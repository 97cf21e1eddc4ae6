import Store
import Threads

/// Deletes the database that an upgrade kept, once it is a week old.
struct FormerDatabaseFeature: Feature {
  let database: Database
  let clock: Clock

  var jobs: [any JobKind] { [TidyFormerDatabase(database: database, clock: clock)] }
}

struct TidyFormerDatabase: JobKind {
  let database: Database
  let clock: Clock

  let name = "former_database.tidy"
  let period: Int64? = 24 * 3600 * 1000

  /// On a thread of its own: freeing a large file takes a while.
  func run(_ context: JobContext) async throws {
    await withCheckedContinuation { done in
      let thread = Thread("db-former") {
        database.forgetFormer(now: clock.now())
        done.resume()
      }
      if thread == nil { done.resume() }
    }
  }
}
