import Glibc
import Synchronization

/// A libvirtd for one test, in its own folder and without privileges.
final class PrivateLibvirtd: Sendable {
  static let isAvailable = access("/usr/sbin/libvirtd", X_OK) == 0 && access("/usr/bin/setpriv", X_OK) == 0
  private static let nobody: UInt32 = 65534

  private let folder: String
  private let process = Mutex<pid_t?>(nil)

  /// libvirt's test driver within the daemon.
  var uri: String { "test+unix:///default?socket=\(folder)/libvirt-sock" }

  init() throws {
    folder = try temporaryFolder()
    guard geteuid() != 0 || chown(folder, Self.nobody, Self.nobody) == 0 else { throw Child.Failed() }
    let configuration = "unix_sock_dir = \"\(folder)\"\nauth_unix_rw = \"none\"\nauth_unix_ro = \"none\"\n"
    try writeFile("\(folder)/libvirtd.conf", Array(configuration.utf8))
  }

  func start() throws {
    let identity =
      geteuid() == 0 ? ["--reuid=\(Self.nobody)", "--regid=\(Self.nobody)", "--clear-groups"] : []
    let daemon = ["/usr/sbin/libvirtd", "-f", "\(folder)/libvirtd.conf", "-p", "\(folder)/pid"]
    let variables = ["HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"]
    let child = try Child.start(
      ["/usr/bin/setpriv"] + identity + daemon, environment: variables.map { "\($0)=\(folder)" })
    process.withLock { $0 = child }
  }

  func kill() {
    guard let child = process.withLock({ $0.take() }) else { return }
    Glibc.kill(child, SIGKILL)
    _ = Child.wait(child)
  }

  /// Stops the process, so that it is alive but does not respond.
  func freeze() { signal(SIGSTOP) }

  func thaw() { signal(SIGCONT) }

  func remove() {
    kill()
    try? Child.run(["/bin/rm", "-rf", folder])
  }

  private func signal(_ number: Int32) {
    process.withLock { child in
      if let child { _ = Glibc.kill(child, number) }
    }
  }
}
