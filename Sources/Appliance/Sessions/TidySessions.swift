/// Stores when sessions were last seen, and ends expired ones.
struct TidySessions: JobKind {
  let sessions: Sessions

  let name = "sessions.tidy"
  let period: Int64? = 5 * 60 * 1000

  func run(_ context: JobContext) async throws {
    try await context.succeed { [sessions] tx in try sessions.flush(in: tx) }
  }
}
