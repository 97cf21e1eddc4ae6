import HTTP
import Store

/// Lets a second appliance serve restored data on loopback, and asks it whether it is well. It sends no mail, runs no
/// periodic jobs and touches no machine: the data is changed so before.
struct BackupTrial {
  let folder: String

  func run() async throws {
    try await calmDown()
    let appliance: Appliance
    do {
      appliance = try Appliance(site: try site(), log: Log(level: .error), runsPeriodicJobs: false)
    } catch {
      throw BackupProblem.notServed("\(error)")
    }
    let port: Int
    do {
      port = try await appliance.start()
    } catch {
      await appliance.database.close()
      throw BackupProblem.notServed("\(error)")
    }
    let answer: Result<JSONValue, any Error>
    do {
      answer = .success(
        try await BlockingWork.run { _ in try LoopbackRequest(port: port).get("/api/health") })
    } catch {
      answer = .failure(error)
    }
    await appliance.stop()
    guard try answer.get()["status"]?.string == "ok" else { throw BackupProblem.notServed("it is not well") }
  }

  /// Ends the unfinished jobs, and lets no machine follow a host. Applies the migrations of this version.
  private func calmDown() async throws {
    let database = try Database.open(
      path: folder + "/obox.db", readers: 1, migrations: Migration.all, clock: Clock.system.now,
      log: { _ in })
    do {
      try await database.write { tx in
        try tx.execute(
          """
          UPDATE jobs SET status = 'failed', finished_at = ?
          WHERE status IN ('queued', 'waiting', 'running')
          """, tx.now)
        try tx.execute("UPDATE machines SET status = 'error', error_code = ?", RedefineMachine.diskMissing)
      }
      await database.close()
    } catch {
      await database.close()
      throw error
    }
  }

  private func site() throws -> Site {
    var configuration = try Configuration.load(
      file: nil,
      environment: ["LIBVIRT_URI": "test:///default", "PUBLIC_IP": "127.0.0.1", "NETWORK_NAME": "oboxtrial"])
    configuration.port = 0
    configuration.listenAddress = "127.0.0.1"
    return Site(configuration: configuration, dataFolder: folder)
  }
}
