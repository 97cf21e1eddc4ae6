import Glibc
import Synchronization
import TestSupport
import Threads

/// Takes mails without encryption on a port of its own, or refuses each.
final class TinyMailServer: Sendable {
  let port: Int
  private let file: Int32
  private let refuses: Bool
  private let received = Mutex<[String]>([])
  private let changes = Changes()

  init(refuses: Bool = false) {
    self.refuses = refuses
    let file = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var name = sockaddr_in()
    name.sin_family = sa_family_t(AF_INET)
    name.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    withUnsafeMutablePointer(to: &name) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        _ = bind(file, $0, length)
        _ = listen(file, 8)
        _ = getsockname(file, $0, &length)
      }
    }
    self.file = file
    port = Int(UInt16(bigEndian: name.sin_port))
    _ = Thread("tiny-mail") { [self] in
      while case let peer = accept(file, nil, nil), peer >= 0 { serve(peer) }
    }
  }

  /// Ends its thread.
  func stop() {
    shutdown(file, Int32(SHUT_RDWR))
    close(file)
  }

  /// Waits for a mail that has the text.
  func mail(with text: String) async -> Bool {
    await changes.wait { received.withLock { $0.contains { $0.contains(text) } } }
  }

  private func serve(_ peer: Int32) {
    defer { close(peer) }
    var (text, isData) = ("", false)
    say("220 tiny", to: peer)
    var piece = [UInt8](repeating: 0, count: 4096)
    while case let count = recv(peer, &piece, piece.count, 0), count > 0 {
      text += String(decoding: piece.prefix(count), as: UTF8.self)
      if isData {
        guard text.hasSuffix("\r\n.\r\n") else { continue }
        received.withLock { [text] in $0.append(text) }
        changes.signal()
        (text, isData) = ("", false)
        say("250 2.0.0 queued as 4F1", to: peer)
      } else if text.hasSuffix("\r\n") {
        isData = text.hasPrefix("DATA")
        say(
          refuses && text.hasPrefix("MAIL") ? "550 5.7.1 not you" : isData ? "354 go on" : "250 ok", to: peer)
        text = ""
      }
    }
  }

  private func say(_ line: String, to peer: Int32) {
    let bytes = Array((line + "\r\n").utf8)
    send(peer, bytes, bytes.count, Int32(MSG_NOSIGNAL))
  }
}
