import Store

/// What a failed attempt of a job means.
enum JobVerdict: Sendable {
  /// A part that the job needs is away: wait for it, without counting an attempt.
  case wait(code: String)
  /// Try again later, while attempts are left.
  case retry(code: String)
  /// No further attempt can help.
  case fail(code: String)
}

/// How one kind of job is run, and taken back.
///
/// Every step may be run again after a crash, so each is idempotent; so is `undo`.
protocol JobKind: Sendable {
  var name: String { get }

  /// The names of the steps that people see, in order.
  var steps: [String] { get }

  var maxAttempts: Int { get }

  /// How often a periodic kind runs, in milliseconds; nil for one that is asked for.
  var period: Int64? { get }

  func run(_ context: JobContext) async throws

  /// Takes away what `run` made, whichever step it reached. Throws when something may be left.
  func undo(_ context: JobContext) async throws

  /// Runs in the transaction that marks the job failed.
  func failed(_ job: Job, code: String, in tx: Transaction) throws

  func verdict(on error: any Error) -> JobVerdict
}

extension JobKind {
  var steps: [String] { [] }
  var maxAttempts: Int { 3 }
  var period: Int64? { nil }
  func undo(_ context: JobContext) async throws {}
  func failed(_ job: Job, code: String, in tx: Transaction) throws {}
  func verdict(on error: any Error) -> JobVerdict { .retry(code: "INTERNAL") }
}

/// The job was cancelled by a person, or must give way to a deletion.
struct JobCancelled: Error {}

/// A failure of a job that a person reads: its code names the sentence.
struct JobFailure: Error {
  let code: String
}
