import Glibc

/// Runs other programs for tests, with fixed arguments and without a shell.
enum Child {
  struct Failed: Error {}

  static func run(_ arguments: [String]) throws {
    guard wait(try start(arguments)) == 0 else { throw Failed() }
  }

  static func start(_ arguments: [String], environment: [String] = []) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for descriptor: Int32 in 0...2 {
      posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
    }
    guard let program = arguments.first else { throw Failed() }
    var child: pid_t = 0
    let result = withStrings(arguments) { arguments in
      withStrings(["PATH=/usr/sbin:/usr/bin:/sbin:/bin"] + environment) { environment in
        posix_spawn(&child, program, &actions, nil, arguments, environment)
      }
    }
    guard result == 0 else { throw Failed() }
    return child
  }

  /// The exit status as returned by wait(2).
  static func wait(_ child: pid_t) -> Int32 {
    var status: Int32 = -1
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    return status
  }
}

/// Creates an empty folder under /tmp that everyone may enter.
func temporaryFolder() throws -> String {
  var template = Array("/tmp/obox-test-XXXXXX".utf8CString)
  guard mkdtemp(&template) != nil else { throw Child.Failed() }
  let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  chmod(folder, 0o755)
  return folder
}

func writeFile(_ path: String, _ bytes: [UInt8]) throws {
  let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
  defer { close(file) }
  guard write(file, bytes, bytes.count) == bytes.count else { throw Child.Failed() }
}

/// Passes a NULL-terminated array of C strings to `body`.
private func withStrings<T>(_ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> T) -> T {
  let strings = texts.map { strdup($0) } + [nil]
  defer { for string in strings { free(string) } }
  return body(strings)
}
