import Foundation
import HTTP
import Testing

@testable import Appliance

/// Archives that are read and written.
@Suite struct ZipTests {
  private static let reader = ZipReader(mostEntries: 100, mostBytes: 1 << 20)

  private static func code(_ archive: [UInt8]) async throws -> String? {
    do {
      _ = try await reader.files(in: archive)
      return nil
    } catch let failure as Failure { return failure.code }
  }

  @Test func `an archive that is damaged, hidden or not one is refused`() async throws {
    let whole = ZipSample.bytes([.init("a", "one"), .init("b", "two")])
    let hidden = ZipSample.bytes([.init("a", "one").with { $0.listedName = "b" }])
    let wrong = ZipSample.bytes([.init("a", "one").with { $0.packed = [0xFF, 0xFF] }])
    let archives: [[UInt8]] = [
      [], Array("PK".utf8), Array(whole.dropLast(23)), Array(whole.dropFirst(10)), hidden, wrong,
      FileSamples.pdf,
    ]
    for archive in archives { #expect(try await Self.code(archive) == "NOT_AN_ARCHIVE", "\(archive)") }
  }

  @Test func `paths out of the archive, links, devices and names that come twice are refused`() async throws {
    let names = ["/etc/passwd", "../a", "a/../../b", "a/./b", "a\\b", "C:a", "", "a\u{7}", "a//b/../c"]
    for name in names {
      #expect(try await Self.code(ZipSample.bytes([.init(name, "x")])) == "ARCHIVE_UNSAFE", "\(name)")
    }
    let long = String(repeating: "a", count: 201)
    #expect(try await Self.code(ZipSample.bytes([.init(long, "x")])) == "ARCHIVE_UNSAFE")
    for mode in [0o120777, 0o020666, 0o010644] {
      let archive = ZipSample.bytes([.init("a", "/etc/passwd").with { $0.mode = mode }])
      #expect(try await Self.code(archive) == "ARCHIVE_UNSAFE")
    }
    let twice = ZipSample.bytes([.init("a", "x"), .init("a", "y")])
    #expect(try await Self.code(twice) == "ARCHIVE_UNSAFE")
    // Told apart only by the directory.
    let disguised = ZipSample.bytes([.init("a", "x"), .init("a", "y").with { $0.listedName = "b" }])
    #expect(try await Self.code(disguised) == "ARCHIVE_UNSAFE")
  }

  @Test func `an encrypted archive is refused`() async throws {
    let archive = ZipSample.bytes([.init("a", "x").with { $0.flags = 1 }])
    #expect(try await Self.code(archive) == "ARCHIVE_ENCRYPTED")
  }

  @Test func `an archive of too many files, or that unpacks to too much, is refused`() async throws {
    let many = ZipSample.bytes((0...100).map { .init("\($0)", "x") })
    #expect(try await Self.code(many) == "ARCHIVE_TOO_LARGE")
    let zeros = [UInt8](repeating: 0, count: 8 << 20)
    let bomb = ZipSample.Entry("a", zeros)
    let packed = try await ZipSample.packed(zeros)
    #expect(packed.count < 1 << 16)
    #expect(try await Self.code(ZipSample.bytes([bomb.with { $0.packed = packed }])) == "ARCHIVE_TOO_LARGE")
    // Within the bytes allowed, but too many times its own size.
    let ratio = ZipReader(mostEntries: 100, mostBytes: 100 << 20)
    await #expect(throws: Failure.self) {
      _ = try await ratio.files(in: ZipSample.bytes([bomb.with { $0.packed = packed }]))
    }
    let lying = bomb.with {
      $0.packed = packed
      $0.size = 10
    }
    // Of one that hides its size, no more than it says is unpacked.
    #expect(try await Self.reader.files(in: ZipSample.bytes([lying]))["a"]?.count == 10)
  }

  @Test func `files are read as they are, packed or not, and folders are none`() async throws {
    let text = Array(String(repeating: "Märchen ", count: 1_000).utf8)
    let packed = try await ZipSample.packed(text)
    let archive = ZipSample.bytes([
      .init("folder/"), .init("folder/a.txt", text).with { $0.packed = packed }, .init("é", "two"),
      .init("empty"),
    ])
    let files = try await Self.reader.files(in: archive)
    #expect(files.mapValues { Array($0) } == ["folder/a.txt": text, "é": Array("two".utf8), "empty": []])
  }

  @Test func `what is written is read back, and is the same each time`() async throws {
    let folder = TemporaryFolder()
    let parts: [(name: String, size: Int)] = [("a.txt", 3), ("b/c.bin", 70_000), ("none", 0)]
    func written() throws -> [UInt8] {
      let length = ZipWriter.length(of: parts)
      let file = try ScratchFile(in: folder.path, size: length)
      var zip = ZipWriter(to: file)
      for (name, size) in parts {
        zip.begin(name)
        for start in stride(from: 0, to: size, by: 50_000) {
          let piece = (start..<min(size, start + 50_000)).map { UInt8(truncatingIfNeeded: $0 &* 7) }
          try piece.withUnsafeBytes { try zip.append($0) }
        }
      }
      #expect(try zip.end() == length)
      return try file.bytes(length).withBytes { Array($0) }
    }
    let archive = try written()
    #expect(try written() == archive)
    let files = try await Self.reader.files(in: archive)
    #expect(files.mapValues(\.count) == ["a.txt": 3, "b/c.bin": 70_000, "none": 0])
    #expect(files["b/c.bin"].map { Array($0) } == (0..<70_000).map { UInt8(truncatingIfNeeded: $0 &* 7) })
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  @Test func `the check sum is the one of the standard`() {
    var sum = CRC32()
    Array("123456789".utf8).withUnsafeBytes { sum.add($0) }
    #expect(sum.value == 0xCBF4_3926)
  }
}
