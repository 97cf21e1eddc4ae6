import Glibc
import Testing

@testable import Backup

@Suite struct ArchiveTests {
  private let folder: Folder
  private let passphrase: Passphrase
  private let header = ArchiveHeader(createdAt: 1_795_921_200_123, version: "1.2.3")

  init() throws {
    folder = try Folder()
    passphrase = try Passphrase("correct horse battery")
  }

  /// Bytes that do not compress.
  private func noise(_ count: Int) -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
  }

  private func writer(_ name: String = "one") throws -> ArchiveWriter {
    try ArchiveWriter(folder[name], header, passphrase: passphrase, cost: .least)
  }

  @discardableResult private func made(_ files: [(String, [UInt8])]) throws -> String {
    let writer = try writer()
    for (name, bytes) in files { try writer.add(name, bytes) }
    #expect(try writer.finish() == Int64(try folder.content("one").count))
    return folder["one"]
  }

  private func read(_ path: String, _ passphrase: Passphrase? = nil) throws -> [String: [UInt8]] {
    let reader = try ArchiveReader(path, passphrase: passphrase ?? self.passphrase)
    var files: [String: [UInt8]] = [:]
    while let entry = try reader.next() { files[entry.name] = try reader.content(limit: 10 << 20) }
    return files
  }

  @Test func `another passphrase opens nothing`() throws {
    let path = try made([("a", [1, 2, 3])])
    let other = try Passphrase("correct horse batterz")
    #expect(throws: ArchiveError.wrongPassphrase(path)) { try read(path, other) }
  }

  @Test func `what is no backup, or of a newer format, is refused by name`() throws {
    folder.write("text", Array("hello".utf8))
    #expect(throws: ArchiveError.notABackup(folder["text"])) { try ArchiveHeader.read(folder["text"]) }
    folder.write("empty", [])
    #expect(throws: ArchiveError.notABackup(folder["empty"])) { try read(folder["empty"]) }
    #expect(throws: ArchiveError.notABackup(folder.path)) { try read(folder.path) }
    #expect(throws: ArchiveError.system(folder["none"], code: ENOENT)) { try read(folder["none"]) }
    var newer = try folder.content(String(try made([("a", [1])]).suffix(3)))
    newer[8] = 2
    folder.write("newer", newer)
    #expect(throws: ArchiveError.newerFormat(folder["newer"], 2)) { try ArchiveHeader.read(folder["newer"]) }
  }

  @Test func `a file that is cut off anywhere is refused`() throws {
    let whole = try folder.content(String(try made([("a", noise(200)), ("b", noise(300))]).suffix(3)))
    for length in 0..<whole.count {
      folder.write("cut", Array(whole.prefix(length)))
      let error = #expect(throws: ArchiveError.self) { try read(folder["cut"]) }
      let wanted: ArchiveError =
        length < 8 ? .notABackup(folder["cut"]) : .truncated(folder["cut"])
      #expect(error == wanted, "\(length) bytes")
    }
  }

  @Test func `a file is refused when its last frames are missing as a whole`() throws {
    let whole = try folder.content(String(try made([("a", noise(300_000))]).suffix(3)))
    folder.write("cut", Array(whole.prefix(Preamble.size + 2 * (4 + Sealer.frame + Sealer.overhead))))
    #expect(throws: ArchiveError.truncated(folder["cut"])) { try read(folder["cut"]) }
  }

  @Test func `a file with one altered bit anywhere, or something added, is refused`() throws {
    let whole = try folder.content(String(try made([("a", noise(200)), ("b", noise(300))]).suffix(3)))
    // Not the cost of the key, of which some values would take gigabytes.
    for place in (0..<whole.count) where !(20..<32).contains(place) {
      var altered = whole
      altered[place] ^= 1
      folder.write("altered", altered)
      #expect(throws: ArchiveError.self, "byte \(place)") { try read(folder["altered"]) }
    }
    folder.write("longer", whole + [0])
    #expect(throws: ArchiveError.altered(folder["longer"])) { try read(folder["longer"]) }
  }

  @Test func `a made-up cost of the key is refused before it takes the memory`() throws {
    var greedy = try folder.content(String(try made([("a", [1])]).suffix(3)))
    greedy.replaceSubrange(24..<32, with: Preamble.bytes(of: 1 << 40, 8))
    folder.write("greedy", greedy)
    #expect(throws: ArchiveError.altered(folder["greedy"])) { try read(folder["greedy"]) }
  }

  @Test func `frames cannot be exchanged`() throws {
    var whole = try folder.content(String(try made([("a", noise(300_000))]).suffix(3)))
    let size = 4 + Sealer.frame + Sealer.overhead
    let second = Preamble.size + size..<Preamble.size + 2 * size
    let third = second.upperBound..<second.upperBound + size
    let (two, three) = (Array(whole[second]), Array(whole[third]))
    whole.replaceSubrange(second, with: three)
    whole.replaceSubrange(third, with: two)
    folder.write("mixed", whole)
    #expect(throws: ArchiveError.altered(folder["mixed"])) { try read(folder["mixed"]) }
  }

  @Test func `files come back as they were, whatever their size`() throws {
    let sizes = [0, 1, 511, 512, 513, 65_536, 300_000]
    let files = sizes.map { ("size-\($0)", noise($0)) } + [("zeros", [UInt8](repeating: 0, count: 2 << 20))]
    let path = try made(files)
    #expect(try read(path) == Dictionary(uniqueKeysWithValues: files))
    #expect(try ArchiveHeader.read(path) == header)
    #expect(try folder.content("one").count < 600_000)
    // Also when they are passed over.
    let reader = try ArchiveReader(path, passphrase: passphrase)
    var names: [String] = []
    while let entry = try reader.next() { names.append(entry.name) }
    #expect(names == files.map(\.0))
    #expect(try reader.next() == nil)
  }

  @Test func `a file on disk is added and taken out in pieces, for its owner only`() throws {
    let bytes = noise(700_000)
    folder.write("source", bytes)
    let writer = try writer()
    var shares: [Double] = []
    try writer.add("copy", copyOf: folder["source"]) {
      shares.append($0)
      return true
    }
    _ = try writer.finish()
    #expect(shares.count == 3 && shares == shares.sorted() && shares.first == 0)
    let reader = try ArchiveReader(folder["one"], passphrase: passphrase)
    #expect(try reader.next() == ArchiveReader.Entry(name: "copy", size: 700_000))
    try reader.extract(to: folder["target"]) { _ in true }
    #expect(try folder.content("target") == bytes)
    for name in ["target", "one"] {
      var about = stat()
      #expect(stat(folder[name], &about) == 0 && about.st_mode & 0o777 == 0o600)
    }
    #expect(throws: ArchiveError.exists(folder["target"])) {
      try reader.extract(to: folder["target"]) { _ in true }
    }
  }

  @Test func `a backup that is interrupted or given up leaves nothing`() throws {
    folder.write("source", noise(700_000))
    do {
      let writer = try writer()
      #expect(folder.names == ["one.partial", "source"])
      #expect(throws: ArchiveError.interrupted) {
        try writer.add("copy", copyOf: folder["source"]) { $0 == 0 }
      }
    }
    #expect(folder.names == ["source"])
  }

  @Test func `an existing file is never overwritten`() throws {
    folder.write("one", [1])
    #expect(throws: ArchiveError.exists(folder["one"])) { _ = try writer() }
    #expect(try folder.content("one") == [1])
    #expect(folder.names == ["one"])
  }

  @Test(.enabled(if: geteuid() == 0, "mounting needs root"), arguments: [0, 40, 200, 1000])
  func `on a full disk the backup is refused and leaves nothing`(room: Int) throws {
    guard mount("tmpfs", folder.path, "tmpfs", 0, "size=1200k") == 0 else { return }
    defer { umount2(folder.path, 2) }
    folder.write("filler", [UInt8](repeating: 1, count: (1200 - room) << 10))
    let error = #expect(throws: ArchiveError.self) {
      let writer = try writer()
      for number in 0..<20 { try writer.add("\(number)", noise(100_000)) }
      _ = try writer.finish()
    }
    guard case .full = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(folder.names == ["filler"])
  }
}
