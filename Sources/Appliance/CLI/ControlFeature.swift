import Glibc
import HTTP
import Store
import Synchronization
import Threads

/// Answers commands run while the daemon is running, over a socket in the data folder.
struct ControlFeature: Feature {
  let site: Site
  let log: Log
  let database: Database
  let sessions: Sessions
  let passwords: Passwords
  /// Further commands by name.
  let commands: [String: CommandAnswer.Command]
  private let listener = ControlListener()

  init(
    site: Site, log: Log, database: Database, sessions: Sessions, passwords: Passwords,
    commands: [String: CommandAnswer.Command]
  ) {
    self.site = site
    self.log = log
    self.database = database
    self.sessions = sessions
    self.passwords = passwords
    self.commands = commands
  }

  func start() async throws {
    let path = ControlSocket.path(site)
    let isListening = listener.start(path) { [self] question in
      await answer(question)
    }
    guard !isListening else { return }
    log.warn("control") { line in
      line.field("path", path)
      line.field("message", "cannot create the control socket; stop OBox before running obox user")
    }
  }

  func stop() async { listener.stop() }

  private func answer(_ question: JSONValue) async -> JSONValue {
    do {
      let name = question["command"]?.string ?? ""
      if let command = commands[name] { return try await command(question).json }
      switch name {
      case ListUsersCommand.syntax.name:
        let lines = try await database.read { try ListUsersCommand.lines(in: $0) }
        return ["lines": .array(lines.map { .string($0) })]
      case CreateUserCommand.syntax.name:
        let account = try CreateUserCommand.account(question)
        let hash = try await passwords.hasher.hash(account.password)
        try await database.write { [sessions] tx in
          try sessions.refresh(CreateUserCommand.insert(account, hash: hash, in: tx), in: tx)
        }
        return ["lines": [.string("account \(account.username) created (\(account.role.rawValue))")]]
      default:
        return [
          "error":
            "OBox is running a different version that does not support this command. Restart it and try again"
        ]
      }
    } catch let error as Failure {
      return ["error": .string(CreateUserCommand.words(error))]
    } catch {
      return ["error": .string("\(error)")]
    }
  }
}

/// Accepts connections one at a time, on its own thread.
private final class ControlListener: Sendable {
  private let listening = Mutex<(file: Int32, path: String)?>(nil)

  /// Returns false when the socket cannot be created.
  func start(_ path: String, _ answer: @escaping @Sendable (JSONValue) async -> JSONValue) -> Bool {
    let file = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard file >= 0 else { return false }
    // An existing one was left by a killed daemon, since a data folder has only one daemon at a time.
    unlink(path)
    fchmod(file, 0o600)
    listening.withLock { $0 = (file, path) }
    guard ControlSocket.withAddress(path, { bind(file, $0, $1) }) == 0, chmod(path, 0o600) == 0,
      listen(file, 8) == 0,
      Thread("control", { self.serve(file, answer) }) != nil
    else {
      listening.withLock { $0 = nil }
      close(file)
      return false
    }
    return true
  }

  func stop() {
    listening.withLock { listening in
      guard let (file, path) = listening else { return }
      unlink(path)
      // Makes `accept` return. The thread closes the descriptor while holding this lock, because its number
      // may be reused afterwards.
      shutdown(file, Int32(SHUT_RDWR))
    }
  }

  private func serve(_ file: Int32, _ answer: @escaping @Sendable (JSONValue) async -> JSONValue) {
    while true {
      let peer = accept(file, nil, nil)
      if peer < 0, errno == EINTR || errno == ECONNABORTED { continue }
      if peer < 0, errno == EMFILE || errno == ENFILE {
        // Too many open files: waits until some are closed.
        sleep(1)
        continue
      }
      guard peer >= 0 else { break }
      var patience = timeval(tv_sec: 10, tv_usec: 0)
      for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
        setsockopt(peer, SOL_SOCKET, option, &patience, socklen_t(MemoryLayout<timeval>.size))
      }
      if let question = ControlSocket.receive(from: peer) {
        let isOver = CountingSemaphore()
        Task {
          ControlSocket.send(await answer(question), to: peer)
          isOver.signal()
        }
        isOver.wait()
      }
      close(peer)
    }
    listening.withLock { listening in
      close(file)
      listening = nil
    }
  }
}
