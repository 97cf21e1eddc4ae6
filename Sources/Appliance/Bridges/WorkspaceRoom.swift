import HTTP
import Synchronization

/// The signed-in clients of the Workspace chat, for events that exist only in its protocol.
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

  /// Tells all clients that an admin cleared the chat; each then receives its history again.
  func publishCleared(by account: Account, at time: Int64) {
    let frame = WorkspaceWords.cleared(by: account.username, at: time)
    for session in members.withLock({ $0.values.compactMap(\.session) }) { session.cleared(frame) }
  }
}
