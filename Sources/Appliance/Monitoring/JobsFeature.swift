import HTTP
import Store

/// How far a job is: for the person who asked for it, and the admins.
struct JobsFeature: Feature {
  let appliance: Appliance

  init(_ appliance: Appliance) {
    self.appliance = appliance
  }

  var routes: [Route] {
    [.get("/api/jobs/:id", .signedIn, "Get a job and its steps", get)]
  }

  func start() async throws {
    appliance.greet { [appliance] subscriber, topic in
      guard case .job(let id) = topic, let account = subscriber.account else { return }
      // On the writer's thread, so that what is told here is never older than what was told before.
      Task {
        try? await appliance.database.write { tx in
          guard let job = try Job.find(id, in: tx), Self.isVisible(job, to: account) else { return }
          tx.afterCommit {
            subscriber.send(
              Frames.encode("JOB") {
                job.write(to: &$0, steps: appliance.jobs.steps(of: job.kind), language: subscriber.language)
              })
          }
        }
      }
    }
  }

  private func get(_ request: Request) async throws -> Response {
    let account = try request.account()
    guard let id = Int64(digits: request.parameter("id")),
      let job = try await appliance.database.read({ try Job.find(id, in: $0) })
    else { throw Failure.notFound }
    guard Self.isVisible(job, to: account) else { throw Failure.forbidden }
    let steps = appliance.jobs.steps(of: job.kind)
    return .json { json in
      json.beginObject()
      json.key("job")
      job.write(to: &json, steps: steps, language: request.language)
      json.endObject()
    }
  }

  private static func isVisible(_ job: Job, to account: Account) -> Bool {
    account.role == .admin || job.userID == account.id
  }
}
