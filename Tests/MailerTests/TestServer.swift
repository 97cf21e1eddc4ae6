import FoundationEssentials
import Glibc

@testable import Mailer

/// A child process acting as the mail server. It ends when this object is released, because its standard
/// input closes.
final class TestServer {
  let port: Int
  /// A PEM file with which its certificate is trusted.
  let authority: String?
  private let child: Child

  /// Debian's aiosmtpd; another Python would not find it.
  static let isAvailable = access("/usr/lib/python3/dist-packages/aiosmtpd/__init__.py", R_OK) == 0

  init(_ arguments: String...) throws {
    let script = #filePath.replacing("TestServer.swift", with: "Fixtures/smtp_server.py")
    child = try Child("/usr/bin/python3", [script] + arguments)
    let ready = try JSONDecoder().decode(Ready.self, from: Data(child.line().utf8))
    port = ready.port
    authority = ready.authority
  }

  /// The next mail accepted by the server; it was reported before `send` returned.
  func mail() throws -> ReceivedMail {
    try JSONDecoder().decode(ReceivedMail.self, from: Data(child.line().utf8))
  }

  /// The next command received by a server with `--replies`.
  func verb() throws -> String {
    try JSONDecoder().decode([String: String].self, from: Data(child.line().utf8))["verb"] ?? ""
  }

  private struct Ready: Decodable {
    let port: Int
    let authority: String?
  }
}

/// A mail as parsed by Python's `email` package.
struct ReceivedMail: Decodable {
  struct Part: Decodable {
    let type: String
    let fileName: String?
    let bytes: Data

    var text: String { String(decoding: bytes, as: UTF8.self) }
  }

  let envelopeFrom: String
  let envelopeTo: [String]
  let hello: String
  let encrypted: Bool
  let login: String?
  let headerNames: [String]
  /// Pairs of name and address.
  let from: [[String]]
  let to: [[String]]
  let subject: String
  let date: String
  let messageID: String
  /// The content types, with nested parts in brackets.
  let tree: String
  let longestLine: Int
  let isASCII: Bool
  let defects: [String]
  let parts: [Part]
}

/// A process with its standard input kept open and its output read line by line.
final class Child {
  struct Failure: Error { let reason: String }

  /// Our end of a socket pair; the other end is the child's standard input and output.
  private let socket: Int32
  private let process: pid_t
  private var pending: [UInt8] = []

  init(_ path: String, _ arguments: [String]) throws {
    var ends: [Int32] = [0, 0]
    guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
      throw Failure(reason: "no pair of sockets")
    }
    socket = ends[0]
    defer { close(ends[1]) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
    let argv = ([path] + arguments).map { strdup($0) } + [nil]
    let environment = [strdup("PATH=/usr/bin:/bin"), nil]
    defer { for text in argv + environment { free(text) } }
    var pid: pid_t = 0
    let result = posix_spawn(&pid, path, &actions, nil, argv, environment)
    process = pid
    guard result == 0 else { throw Failure(reason: "\(path) does not start") }
  }

  deinit {
    close(socket)
    if process > 0 { waitpid(process, nil, 0) }
  }

  /// The next line; throws when there is none within half a minute.
  func line() throws -> String {
    while true {
      if let end = pending.firstIndex(of: 0x0a) {
        defer { pending.removeSubrange(...end) }
        return String(decoding: pending[..<end], as: UTF8.self)
      }
      var wait = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
      guard poll(&wait, 1, 30_000) == 1 else { throw Failure(reason: "the child says nothing") }
      var chunk = [UInt8](repeating: 0, count: 65_536)
      let count = read(socket, &chunk, chunk.count)
      guard count > 0 else { throw Failure(reason: "the child has ended") }
      pending += chunk[..<count]
    }
  }
}
