import Glibc
import Synchronization

/// Starts a process with posix_spawn.
enum ChildSpawn {
  /// Held while pipes are created and a child is started: Swift cannot call pipe2, so a pipe is inheritable
  /// for a moment, during which no other child may start.
  static let lock = Mutex(())

  static func spawn(
    _ executable: String, _ arguments: [String], _ environment: [String: String],
    _ pipes: borrowing ChildPipes
  ) throws(ChildProcess.Problem) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (stream, descriptor) in pipes.theirs.enumerated() {
      posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(stream))
    }
    leaveOutOthers(&actions)

    // Default signal handling, and a process group of its own, so that the whole group can be killed.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setpgroup(&attributes, 0)
    let flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP
    posix_spawnattr_setflags(&attributes, Int16(flags))

    var words = ([executable] + arguments).map { strdup($0) } + [nil]
    var variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in words + variables { free(text) } }
    var pid: pid_t = 0
    let code = posix_spawn(&pid, executable, &actions, &attributes, &words, &variables)
    switch code {
    case 0: return pid
    case ENOENT: throw .notFound(executable)
    case EACCES, ENOEXEC, EISDIR: throw .notExecutable(executable)
    default: throw .system("posix_spawn", code: code)
    }
  }

  private typealias CloseFrom =
    @convention(c) (
      UnsafeMutablePointer<posix_spawn_file_actions_t>, Int32
    ) -> Int32

  /// `posix_spawn_file_actions_addclosefrom_np` of glibc 2.34, which Swift's Glibc module does not export.
  private static let closeFrom = dlsym(nil, "posix_spawn_file_actions_addclosefrom_np").map {
    unsafeBitCast($0, to: CloseFrom.self)
  }

  /// Closes all descriptors in the child except its three streams, including those opened by other threads
  /// meanwhile. Close-on-exec alone is too late: the kernel lets `posix_spawn` return a moment before.
  static func leaveOutOthers(_ actions: UnsafeMutablePointer<posix_spawn_file_actions_t>) {
    if let closeFrom, closeFrom(actions, STDERR_FILENO + 1) == 0 { return }
    for descriptor in inheritable() { posix_spawn_file_actions_addclose(actions, descriptor) }
  }

  /// The descriptors that the child would inherit: our own are close-on-exec, but this process may have
  /// inherited some.
  private static func inheritable() -> [Int32] {
    guard let folder = opendir("/proc/self/fd") else { return [] }
    defer { closedir(folder) }
    var found: [Int32] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard let descriptor = Int32(name), descriptor > STDERR_FILENO else { continue }
      let flags = fcntl(descriptor, F_GETFD)
      if flags >= 0, flags & FD_CLOEXEC == 0 { found.append(descriptor) }
    }
    return found
  }
}
