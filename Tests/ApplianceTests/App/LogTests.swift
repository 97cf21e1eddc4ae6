import HTTP
import Synchronization
import Testing
import Threads

@testable import Appliance

/// Collects what a log writes.
private final class Paper: Sendable {
  private let bytes = Mutex<[UInt8]>([])

  var text: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }
  var lines: [Substring] { text.split(separator: "\n") }

  func write(_ lines: [UInt8]) {
    bytes.withLock { $0 += lines }
    anything.signal()
  }
}

@Suite struct LogTests {
  private let paper = Paper()
  private let time = ManualTime(1_795_168_452_345)

  private func log(_ level: LogLevel = .info, limit: Int = 1 << 20) -> Log {
    Log(level: level, clock: .manual(time), limit: limit) { [paper] in paper.write($0) }
  }

  @Test(arguments: [
    ("a\nlevel=error", #""a\nlevel=error""#), ("a\r\n\tb", #""a\r\n\tb""#), ("", #""""#), ("a b", #""a b""#),
    ("a=b", #""a=b""#), (#"say "hi" \o/"#, #""say \"hi\" \\o/""#),
    ("\u{1B}[31m\0\u{7F}", #""\u001b[31m\u0000\u007f""#),
    ("\u{9B}31m", #""\u009b31m""#), ("é", "\"é\""), ("/api/vms", "/api/vms"),
  ]) func `a value can neither end its line nor look like another field`(value: String, written: String) {
    let log = log()
    log.info("test") { $0.field("key", value) }
    log.flush()
    #expect(paper.text == "time=2026-11-20T09:54:12.345Z level=info event=test key=\(written)\n")
  }

  @Test func `a very long value is truncated`() {
    let log = log()
    log.info("test") { $0.field("key", String(repeating: "x", count: 1_000_000)) }
    log.flush()
    #expect(paper.text.utf8.count < 2200)
    #expect(paper.text.hasSuffix("...\n"))
  }

  @Test func `requests and uploads are logged without address and key, anything else with its address`() {
    let log = log()
    for (method, path) in [
      ("POST", "/api/complaints"), ("POST", "/api/complaints/track"), ("GET", "/api/complaints/7"),
      ("POST", "/api/uploads"), ("GET", "/api/uploads/secret"), ("DELETE", "/api/uploads/secret"),
      ("GET", "/api/messages"),
    ] {
      log.request(
        AccessRecord(
          method: method, path: path, status: 200, bytes: 0, microseconds: 1, peer: "192.0.2.7", requestID: 1)
      )
    }
    log.flush()
    #expect(paper.lines.map { $0.contains("192.0.2.7") } == Array(repeating: false, count: 6) + [true])
    #expect(paper.lines.allSatisfy { !$0.contains("secret") })
    #expect(paper.lines.filter { $0.contains("/api/uploads/:key") }.count == 2)
  }

  @Test func `the fields of a disabled level are not computed`() {
    let log = log(.warn)
    log.info("test") { _ in Issue.record("the fields of an unwanted line were asked for") }
    log.error("test")
    log.flush()
    #expect(paper.lines.count == 1)
  }

  @Test func `numbers, booleans and missing values are written plainly`() {
    let log = log()
    log.info("test") {
      $0.field("a", 0)
      $0.field("b", Int64.min)
      $0.field("c", UInt64.max)
      $0.field("d", true)
      $0.field("e", String?.none)
      $0.field("f", "GET" as StaticString)
    }
    log.flush()
    #expect(paper.text.hasSuffix(" a=0 b=-9223372036854775808 c=9223372036854775807 d=true f=GET\n"))
  }

  @Test(arguments: [
    (Int64(0), "1970-01-01T00:00:00.000Z"), (951_782_400_000, "2000-02-29T00:00:00.000Z"),
    (1_709_251_199_999, "2024-02-29T23:59:59.999Z"), (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
    (Int64.max, "9999-12-31T23:59:59.999Z"), (-1, "1970-01-01T00:00:00.000Z"),
  ]) func `times are correct calendar dates`(milliseconds: Int64, written: String) {
    let line = LogLine(time: milliseconds, level: .info, event: "x").finished()
    #expect(String(decoding: line, as: UTF8.self) == "time=\(written) level=info event=x\n")
  }

  @Test func `lines are written in the background, complete and in order`() async {
    let log = log()
    for number in 0..<1000 { log.info("test") { $0.field("number", number) } }
    await eventually { paper.lines.count == 1000 }
    #expect(paper.lines.last?.hasSuffix("number=999") == true)
    #expect(log.dropped == 0)
  }

  @Test func `lines beyond the limit are dropped and counted`() async {
    let gate = CountingSemaphore()
    let entered = CountingSemaphore()
    let log = Log(level: .info, clock: .manual(time), limit: 1000) { [paper] lines in
      entered.signal()
      gate.wait()
      paper.write(lines)
    }
    log.info("first")
    entered.wait()
    for _ in 0..<100 { log.info("more") }
    #expect(log.dropped > 50)
    gate.signal()
    gate.signal()
    await eventually { paper.text.contains("event=log.dropped lines=\(log.dropped)\n") }
    #expect(paper.lines.count == 1 + (100 - log.dropped) + 1)
  }
}
