import Foundation
import HTTP
import Synchronization
import TestSupport

@testable import Appliance

/// A simple HTTP/1.1 client over loopback, with a new connection for each request.
struct TestClient: Sendable {
  let port: Int
  var token: String?
  var headers: [String: String] = [:]

  struct Answer: Sendable {
    let status: Int
    let headers: [String: String]
    let body: [UInt8]

    var json: JSONValue { JSONValue(parsing: body) ?? .null }
    var text: String { String(decoding: body, as: UTF8.self) }
    var code: String? { json["code"]?.string }

    /// The session cookie set by `Set-Cookie`.
    var cookie: String? {
      headers["set-cookie"]?.split(separator: ";").first.flatMap { pair in
        pair.hasPrefix("obox_session=") ? String(pair.dropFirst("obox_session=".count)) : nil
      }
    }
  }

  struct Broken: Error {
    let reason: String
  }

  /// The session cookie of this client, as a browser would send it.
  var cookie: String { "obox_session=\(token.flatMap(Token.cookie) ?? "")" }

  func signedIn(_ token: String?) -> TestClient {
    var client = self
    client.token = token
    return client
  }

  func get(_ path: String) async throws -> Answer { try await send("GET", path) }
  func delete(_ path: String) async throws -> Answer { try await send("DELETE", path) }
  func post(_ path: String, _ body: JSONValue = [:]) async throws -> Answer {
    try await send("POST", path, body)
  }
  func put(_ path: String, _ body: JSONValue) async throws -> Answer { try await send("PUT", path, body) }

  func send(_ method: String, _ path: String, _ body: JSONValue? = nil) async throws -> Answer {
    guard let body else { return try await send(method, path, content: nil) }
    var json = JSONWriter()
    json.value(body)
    return try await send(method, path, content: json.bytes, type: "application/json")
  }

  /// Sends raw bytes.
  func send(
    _ method: String, _ path: String, content: [UInt8]?, type: String? = nil
  ) async throws -> Answer {
    var lines = ["\(method) \(path) HTTP/1.1", "Host: 127.0.0.1:\(port)", "Connection: close"]
    if let token { lines.append("Authorization: Bearer \(token)") }
    if headers["Accept-Language"] == nil { lines.append("Accept-Language: en") }
    for (name, value) in headers { lines.append("\(name): \(value)") }
    if let type { lines.append("Content-Type: \(type)") }
    if content != nil || method != "GET" { lines.append("Content-Length: \(content?.count ?? 0)") }
    let request = Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + (content ?? [])
    let raw = try await Self.exchange(request, port: port)
    let answer = try Self.parse(raw)
    Contract.check(answer, to: method, path)
    return answer
  }

  private static func exchange(_ request: [UInt8], port: Int) async throws -> [UInt8] {
    try await onThread { try blockingExchange(request, port: port) }
  }

  private static func blockingExchange(_ request: [UInt8], port: Int) throws -> [UInt8] {
    let socket = try TestSocket(port: port)
    defer { socket.close() }
    try socket.write(request)
    var answer: [UInt8] = []
    while true {
      let part = try socket.read()
      if part.isEmpty { return answer }
      answer += part
    }
  }

  private static func parse(_ raw: [UInt8]) throws -> Answer {
    guard let end = raw.firstRange(of: Array("\r\n\r\n".utf8)) else {
      throw Broken(reason: "no end of headers in \(raw.count) bytes")
    }
    let lines = String(decoding: raw[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
    let status = lines[0].split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":") else { continue }
      headers[line[..<colon].lowercased()] = line[line.index(after: colon)...].trimmingCharacters(
        in: .whitespaces)
    }
    return Answer(status: status, headers: headers, body: Array(raw[end.upperBound...]))
  }
}

/// A blocking socket connected to a port on loopback.
final class TestSocket: Sendable {
  private let file: Int32
  private let isClosed = Mutex(false)

  init(port: Int) throws {
    file = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(UInt16(truncatingIfNeeded: port)).bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var limit = timeval(tv_sec: 300, tv_usec: 0)
    setsockopt(file, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    let status = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(file, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard status == 0 else { throw TestClient.Broken(reason: "connect: \(errno)") }
  }

  func write(_ bytes: [UInt8]) throws {
    try isClosed.withLock { isClosed in
      // The descriptor may have been reused.
      if isClosed { throw TestClient.Broken(reason: "write: closed") }
      var rest = bytes[...]
      while !rest.isEmpty {
        let count = rest.withUnsafeBytes { send(file, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        guard count > 0 else { throw TestClient.Broken(reason: "write: \(errno)") }
        rest = rest.dropFirst(count)
      }
    }
  }

  /// The bytes received; empty at the end of the stream.
  func read() throws -> [UInt8] {
    var part = [UInt8](repeating: 0, count: 65_536)
    let count = recv(file, &part, part.count, 0)
    guard count >= 0 else { throw TestClient.Broken(reason: "read: \(errno)") }
    return Array(part.prefix(count))
  }

  func close() {
    isClosed.withLock { isClosed in
      if !isClosed { Glibc.close(file) }
      isClosed = true
    }
  }

  /// Shuts down both directions; a reader sees the end of the stream.
  func shutDown() { isClosed.withLock { if !$0 { _ = shutdown(file, Int32(SHUT_RDWR)) } } }

  /// Makes closing send a reset, and wakes a reader, which closes.
  func reset() {
    isClosed.withLock { isClosed in
      guard !isClosed else { return }
      var linger = linger(l_onoff: 1, l_linger: 0)
      setsockopt(file, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
      shutdown(file, Int32(SHUT_RD))
    }
  }
}
