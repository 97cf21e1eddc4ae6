import Store

/// The consequence of a failed attempt.
enum JobVerdict: Sendable {
  /// A required service is unavailable: wait for it without counting an attempt.
  case wait(code: String)
  /// Try again later, until the attempts are used up.
  case retry(code: String)
  /// Fail: another attempt would not help.
  case fail(code: String)
}

/// How jobs of one kind are run and undone.
///
/// Steps may be repeated after a crash, so `run` and `undo` must be idempotent.
protocol JobKind: Sendable {
  var name: String { get }

  /// Names of the steps shown to people, in order.
  var steps: [String] { get }

  var maxAttempts: Int { get }

  /// Interval in milliseconds of a periodic job; nil for one that runs on request.
  var period: Int64? { get }

  func run(_ context: JobContext) async throws

  /// Undoes what `run` did, whichever step it reached. Throws when something may be left.
  func undo(_ context: JobContext) async throws

  /// Runs in the transaction that marks the job as failed.
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

/// The job was cancelled by a person or by a deletion.
struct JobCancelled: Error {}

/// A failure to be shown to people; the code selects the message.
struct JobFailure: Error {
  let code: String
}
