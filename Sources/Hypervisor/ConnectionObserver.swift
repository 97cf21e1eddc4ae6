import CLibvirt
import Synchronization

/// Receives the events of a session, on libvirt's event thread.
protocol ConnectionObserver: AnyObject, Sendable {
  func connectionClosed(_ session: Int, reason: String)
  func domainChanged(_ session: Int, name: String, uuid: String, state: DomainState, detail: String)
}

/// The observer of each session by number: C callbacks get the number, never an object's address.
enum ConnectionObservers {
  private struct Entry: Sendable {
    weak var observer: (any ConnectionObserver)?
  }

  private struct State {
    var entries: [Int: Entry] = [:]
    var last = 0
  }

  private static let state = Mutex(State())

  static func add(_ observer: any ConnectionObserver) -> Int {
    state.withLock { state in
      state.last += 1
      state.entries[state.last] = Entry(observer: observer)
      return state.last
    }
  }

  static func remove(_ id: Int) {
    state.withLock { $0.entries[id] = nil }
  }

  fileprivate static func find(_ opaque: UnsafeMutableRawPointer?) -> (Int, any ConnectionObserver)? {
    let id = Int(bitPattern: opaque)
    guard let observer = state.withLock({ $0.entries[id]?.observer }) else { return nil }
    return (id, observer)
  }
}

func connectionClosed(_: virConnectPtr?, reason: Int32, opaque: UnsafeMutableRawPointer?) {
  guard let (id, observer) = ConnectionObservers.find(opaque) else { return }
  let text =
    switch virConnectCloseReason(rawValue: UInt32(bitPattern: reason)) {
    case VIR_CONNECT_CLOSE_REASON_EOF: "the daemon closed the connection"
    case VIR_CONNECT_CLOSE_REASON_KEEPALIVE: "the daemon does not answer any more"
    case VIR_CONNECT_CLOSE_REASON_CLIENT: "the connection was closed"
    default: "the connection broke"
    }
  observer.connectionClosed(id, reason: text)
}

func domainChanged(
  _: virConnectPtr?, domain: virDomainPtr?, event: Int32, detail: Int32, opaque: UnsafeMutableRawPointer?
) -> Int32 {
  guard let (id, observer) = ConnectionObservers.find(opaque), let domain,
    let name = virDomainGetName(domain).map({ String(cString: $0) }), let uuid = uuid(of: domain),
    // virDomainGetID is answered locally: the event carried the id, or -1 when not running.
    let change = DomainChange(event: event, detail: detail, isActive: virDomainGetID(domain) != UInt32.max)
  else { return 0 }
  observer.domainChanged(id, name: name, uuid: uuid, state: change.state, detail: change.detail)
  return 0
}
