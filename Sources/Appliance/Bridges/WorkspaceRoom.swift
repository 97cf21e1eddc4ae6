import HTTP
import Synchronization

/// The clients of the Workspace chat that are signed in: what only they have a word for is told here.
final class WorkspaceRoom: Sendable {
  private struct Member {
    weak var session: WorkspaceSession?
  }

  private let members = Mutex<[UInt64: Member]>([:])

  func add(_ session: WorkspaceSession) {
    members.withLock { $0[session.id] = Member(session: session) }
  }

  func remove(_ session: WorkspaceSession) {
    members.withLock { $0[session.id] = nil }
  }

  /// Tells everyone that an admin cleared the chat; each then gets its history anew.
  func publishCleared(by account: Account, at time: Int64) {
    let frame = WorkspaceWords.cleared(by: account.username, at: time)
    for session in members.withLock({ $0.values.compactMap(\.session) }) { session.cleared(frame) }
  }
}
