import HTTP
import Store

/// Progress of jobs, for the person who requested them and for admins.
struct JobsFeature: Feature {
  let database: Database
  let queue: JobQueue

  var routes: [Route] {
    [
      .get(
        "/api/jobs/:id", .signedIn, "Get a job and its steps", response: .members(["job": Job.schema]), get)
    ]
  }

  var onSubscribe: [SubscribeHandler] { [sendJob] }

  private func sendJob(to subscriber: Subscriber, _ topic: Topic) {
    guard case .job(let id) = topic, let account = subscriber.account else { return }
    // Read on the writer's thread, so that an older state is never sent after a newer one.
    Task {
      try? await database.write { tx in
        guard let job = try Job.find(id, in: tx), Self.isVisible(job, to: account) else { return }
        tx.afterCommit {
          subscriber.send(
            Frames.encode("JOB") {
              job.write(to: &$0, steps: queue.steps(of: job.kind), language: subscriber.language)
            })
        }
      }
    }
  }

  private func get(_ request: Request) async throws -> Response {
    let account = try request.account()
    guard let id = Int64(digits: request.parameter("id")),
      let job = try await database.read({ try Job.find(id, in: $0) })
    else { throw Failure.notFound }
    guard Self.isVisible(job, to: account) else { throw Failure.forbidden }
    let steps = queue.steps(of: job.kind)
    return .json { json in
      json.object { json in
        json.key("job")
        job.write(to: &json, steps: steps, language: request.language)
      }
    }
  }

  private static func isVisible(_ job: Job, to account: Account) -> Bool {
    account.role == .admin || job.userID == account.id
  }
}
