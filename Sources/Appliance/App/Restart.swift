import Glibc

/// Replaces the running program by a new one in the same process (exec), with the same arguments and
/// environment.
enum Restart {
  /// Path of this program's file, which may have been replaced by a newer version.
  static var program: String {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = readlink("/proc/self/exe", &buffer, buffer.count)
    guard count > 0, count < buffer.count else { return CommandLine.arguments.first ?? "obox" }
    return String(decoding: buffer.prefix(count), as: UTF8.self)
  }

  /// Returns only on failure, with the reason.
  static func run(_ program: String) -> CommandFailure {
    // A new program inherits the signal mask of the calling thread.
    var none = sigset_t()
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, nil)
    // A new program inherits which signals are ignored, but no handlers.
    signal(SIGHUP, SIG_IGN)
    var words = CommandLine.arguments.map { strdup($0) } + [nil]
    execv(program, &words)
    let reason = SiteOptions.reason(errno)
    for word in words { free(word) }
    return CommandFailure("cannot restart \(program): \(reason)")
  }
}
