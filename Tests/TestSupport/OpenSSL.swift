import Glibc

/// OpenSSL's program, as a client that is not ours.
public enum OpenSSL {
  public static var isThere: Bool { access("/usr/bin/openssl", X_OK) == 0 }

  public struct Failed: Error {}

  /// The output of a command that gets `input`, until it ends.
  public static func run(_ command: String, input: [UInt8] = []) async throws -> [UInt8] {
    var name = Array("/tmp/obox-openssl-XXXXXX".utf8CString)
    guard let folder = mkdtemp(&name).map({ String(cString: $0) }) else { throw Failed() }
    defer { for name in ["/sent", ""] { remove(folder + name) } }
    return try await onThread { () throws(Failed) in
      let descriptor = open(folder + "/sent", O_WRONLY | O_CREAT, 0o600)
      let written = input.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      close(descriptor)
      guard written == input.count,
        let pipe = popen("timeout 300 openssl \(command) 2>/dev/null <\(folder)/sent", "r")
      else { throw Failed() }
      defer { pclose(pipe) }
      var all: [UInt8] = []
      var piece = [UInt8](repeating: 0, count: 65_536)
      while true {
        let got = fread(&piece, 1, piece.count, pipe)
        if got == 0 { return all }
        all += piece[..<got]
      }
    }
  }

  /// What a TLS server answers to bytes until it closes.
  public static func exchange(_ port: Int, _ bytes: [UInt8], options: String = "") async throws -> [UInt8] {
    try await run("s_client -quiet \(options) -connect 127.0.0.1:\(port)", input: bytes)
  }

  /// The SHA-256 fingerprint of the certificate that a server shows: `AB:CD:…`.
  public static func fingerprint(of port: Int) async throws -> String {
    let shown = try await run("s_client -connect 127.0.0.1:\(port)")
    let line = try await run("x509 -noout -fingerprint -sha256", input: shown)
    let text = String(decoding: line, as: UTF8.self).split(separator: "=").last ?? ""
    return String(text.prefix { !$0.isNewline })
  }
}
