import HTTP
import Hypervisor
import Store
import Testing

@testable import Appliance

/// Parsers of the product for input from clients and files.
@Suite(.serialized) struct ProductFuzzTests {
  @Test func `an Engine.IO session accepts any packets, and never queues more than its limit`() throws {
    let event = "42[\"subscribe-vms\",\"7\"]"
    let seeds = [
      "40{\"token\":\"x\"}\u{1e}\(event)", "3\u{1e}1", "4\(event)",
      "451-[\"a\",{\"_placeholder\":true,\"num\":0}]", "2probe", "5", "b4AQID", "42/n,17[\"a\"]",
    ]
    let start = ContinuousClock.now
    try Fuzzer.run("socketio", seeds, words: ["\u{1e}", "42", "2probe", "5", "/", ","]) { input in
      var session = EngineIO(.polling, limits: EngineIOLimits(), at: start)
      _ = session.poll()
      for action in session.receive(payload: input, at: start) ?? [] {
        if case .deliver(let text) = action { _ = SocketIOPacket(text) }
      }
      let text = String(decoding: input, as: UTF8.self)
      session.candidateCame(at: start)
      _ = session.candidateSaid(text)
      _ = session.candidateSaid("5")
      _ = session.send([Frame(text: text)])
      _ = session.tick(at: start + .seconds(26))
      _ = SocketIOPacket(text)
      try hold(session.queuedBytes <= EngineIOLimits().maxQueued, "bounded")
    }
  }

  @Test func `a range lies within its content`() throws {
    let seeds = [
      "bytes=0-0", "bytes=5-", "bytes=-5", "BYTES = 1-2", "bytes=0-99999999999999999999", "bytes=1-2,3-4",
    ]
    try Fuzzer.run("range", seeds, words: ["-", "=", ",", "bytes"]) { input in
      let text = String(decoding: input, as: UTF8.self)
      for length in [0, 1, 10, Int.max] {
        guard case .part(let range) = ByteRange(text, of: length) else { continue }
        try hold(range.lowerBound >= 0 && range.upperBound <= length && !range.isEmpty, "within")
      }
      let request = Request(
        method: .post, path: "/",
        headers: [("Prefer", text), ("Authorization", text), ("Origin", text), ("Host", text)])
      _ = StrictBody.isAsked(request)
      _ = Authorizer.bearer(of: request)
      _ = SameOrigin.isOwn(request, publicURL: "http://a")
      _ = MetricsAccess.isFromThisHost(request)
    }
  }

  @Test func `a configuration is parsed, or refused with one line`() throws {
    let seeds = [
      "PUBLIC_URL=https://lab.example.org/\n# words\nTRUSTED_PROXIES=10.0.0.0/8, ::1\n",
      "export LISTEN=[::1]:4000",
      "EMAIL_FROM='OBox <a@b.c>' # x\r\nCORS_ORIGIN=* file:// http://[::1]:80",
      "NETWORK_ADDRESS=10.77.0.1/24",
      "MACHINES_PER_PERSON=3\nLIBVIRT_URI=qemu+ssh://a/system\nNETWORK_NAME=a.b-c", "\u{FEFF}PORT=\"4\\\"\"",
    ]
    try Fuzzer.run(
      "settings", seeds, words: Setting.allCases.map { $0.rawValue + "=" } + ["/33", "://", "["]
    ) { input in
      do {
        _ = try Configuration.load(file: String(decoding: input, as: UTF8.self), environment: [:])
      } catch let error as ConfigurationError {
        try hold(!error.description.contains { $0.isNewline }, "one line: \(error.description)")
      }
    }
  }

  @Test func `a disk image is parsed or refused, whatever its tables contain`() throws {
    try Fuzzer.run("disk", seeds: Self.disks) { input in
      let size = Int64(max(input.count, 1 << 20))
      guard let disk = try? DiskImage(header: Array(input.prefix(DiskImage.headerSize)), fileSize: size)
      else { return }
      try hold(disk.capacity > 0, "a capacity")
      try? disk.verify(fileSize: Int64(input.count)) { offset, count in
        guard let start = Int(exactly: offset), start <= input.count else { return [] }
        return Array(input[start...].prefix(count))
      }
    }
  }

  /// A qcow2 image with one table of two entries, and a raw disk with partitions.
  private static var disks: [[UInt8]] {
    func wide(_ number: UInt64, _ size: Int = 8) -> [UInt8] {
      (0..<size).reversed().map { UInt8(truncatingIfNeeded: number >> UInt64($0 * 8)) }
    }
    var header: [UInt8] = [0x51, 0x46, 0x49, 0xFB] + wide(3, 4) + wide(0) + wide(0, 4) + wide(9, 4)
    header +=
      wide(2 << 20) + wide(0, 4) + wide(2, 4) + wide(512) + wide(1024) + wide(1, 4) + wide(0, 4) + wide(0)
    header += wide(0) + wide(0) + wide(0) + wide(4, 4) + wide(104, 4)
    header += [UInt8](repeating: 0, count: 512 - header.count)
    let image =
      header + wide(1 << 63 | 1024) + wide(0) + [UInt8](repeating: 0, count: 496) + wide(1 << 63 | 1024)
      + [UInt8](repeating: 0, count: 504)
    var raw = [UInt8](repeating: 0, count: 1536)
    (raw[450], raw[510], raw[511]) = (0xEE, 0x55, 0xAA)
    raw.replaceSubrange(512..<520, with: Array("EFI PART".utf8))
    return [image, raw, Array(image.prefix(104))]
  }

  @Test func `names, keys and cells are sanitized`() throws {
    let seeds = [
      "../a/b\\c.png", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGb8 zoe@home", "=1+1;\t=2", "52:54:00:ab:cd:ef",
      "10.0.0.1/24",
      "Éléonore Ångström", "a@b.example", "17:manage_users", "-----BEGIN X", "%PDF-1.4",
      "GIF89a\u{1}\u{0}\u{1}\u{0}",
    ]
    try Fuzzer.run("text", seeds, words: ["/", "..", ";=", "\t", "@", "."]) { input in
      let text = String(decoding: input, as: UTF8.self)
      let name = FileName(text)
      try hold(
        !name.text.unicodeScalars.contains { $0 == "/" || $0.value < 32 } && !name.text.isEmpty, "a name")
      try hold(name.disposition(isInline: false).utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }, "a header")
      if let key = try? SSHPublicKey(text) { try hold(!key.line.contains { $0.isNewline }, "one line") }
      var csv = CSVText()
      csv.row([text])
      try hold(csv.bytes.suffix(3).elementsEqual([0x22, 0x0D, 0x0A]), "a closed cell")
      _ = Folding.fold(text)
      _ = MACAddress(text)
      _ = IPv4Subnet(host: text)
      _ = MailTemplate.greetable(text)
      _ = FileKind.of(input[...])
      _ = Password.problem(text)
    }
  }

  @Test func `mentions in a message do not depend on surrounding text, in linear time`() throws {
    let seeds = [
      "@lea `@sam` [x](http://a/@b)", "```\n@everyone\n```\n> @a\n1. @b", "**@a** _@b_ ~~@c~~",
      "@" + String(repeating: ".", count: 200),
    ]
    try Fuzzer.run("mentions", seeds, words: ["@", "`", "```", "[", "](", "> ", "*", "http://"]) { input in
      let text = String(decoding: input, as: UTF8.self)
      let names = Mentions.names(in: text)
      try hold(names.count <= text.unicodeScalars.count, "no more names than letters")
      _ = try? Draft(["text": .string(text)])
    }
  }
}
