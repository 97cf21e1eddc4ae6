import TestSupport
import Testing

@testable import Appliance

@Suite struct FileKindTests {
  private typealias Sample = FileSamples

  private static let refused: [(String, [UInt8])] = [
    ("nothing", []), ("a Windows program", Array("MZ".utf8) + Sample.zeros(100)),
    ("a Linux program", [0x7F, 0x45, 0x4C, 0x46, 2, 1, 1] + Sample.zeros(100)),
    ("a Java program", Sample.zip([("META-INF/MANIFEST.MF", "x")])),
    ("an Android program", Sample.zip([("AndroidManifest.xml", "x")])),
    ("random bytes", [0x00, 0x9F, 0xC3, 0x28]), ("text with a NUL", Array("text\u{0}text".utf8)),
    ("text with an escape", Array("\u{1B}[31mred".utf8)), ("Latin-1", [0x65, 0xE9, 0x20, 0x65]),
    ("UTF-16", [0xFF, 0xFE, 0x61, 0x00]), ("half a character", [0x61, 0xC3]),
    ("half a PNG", Array(Sample.png(1, 1).prefix(24))), ("a PNG without width", Sample.png(0, 1)),
    ("a PNG of absurd width", Sample.png(0xFFFF_FFFF, 1)), ("half a GIF", Array(Sample.gif(1, 1).prefix(9))),
    ("a JPEG without a frame", [0xFF, 0xD8, 0xFF, 0xD9]),
    ("a JPEG whose segment has no length", [0xFF, 0xD8, 0xFF, 0xE0, 0, 1, 0xFF, 0xC0]),
    ("a JPEG that ends within a frame", Array(Sample.jpeg(5, 5).prefix(14))),
    ("a WebP of an unknown kind", Sample.webp("VP9 ", Sample.zeros(20))),
    ("half a WebP", Array(Sample.webp("VP8X", []).prefix(22))), ("a Matroska film", Sample.webm("mkvx")),
    ("a film of an unknown brand", Sample.mp4("heic")),
    ("an AVI", Array("RIFF".utf8) + Sample.zeros(4) + Array("AVI LIST".utf8)),
    ("an Ogg of an unknown kind", Sample.ogg(Array("Speex   ".utf8))),
    ("one MP3 frame", Array(Sample.mp3().prefix(417))),
    ("a tag without sound", Array(Sample.mp3(tag: 20).prefix(40))),
    ("half an archive", Array(Sample.zip([("a", "b")]).dropLast(23))),
    (
      "an archive whose directory lies outside",
      [0x50, 0x4B, 3, 4] + Sample.zeros(40) + [0x50, 0x4B, 5, 6]
        + Sample.zeros(4) + [1, 0, 1, 0] + Sample.zeros(4) + [0xFF, 0xFF, 0xFF, 0xFF, 0, 0]
    ),
  ]

  @Test(arguments: refused.indices) func `content not known to be harmless is refused`(index: Int) {
    let (name, content) = Self.refused[index]
    #expect(FileKind.of(content[...]) == nil, "\(name)")
  }

  private static let known: [(FileKind, [UInt8])] = [
    (picture("png", 640, 480), Sample.png(640, 480)), (picture("gif", 300, 2), Sample.gif(300, 2)),
    (picture("jpeg", 4000, 3000), Sample.jpeg(4000, 3000)),
    (picture("jpeg", 3000, 4000), Sample.jpeg(4000, 3000, isTurned: true)),
    (
      picture("webp", 800, 600),
      Sample.webp("VP8X", Sample.zeros(4) + Sample.little(799, 3) + Sample.little(599, 3))
    ),
    (picture("webp", 800, 600), Sample.webp("VP8L", [0x2F] + Sample.little(799 | 599 << 14, 4))),
    (
      picture("webp", 800, 600),
      Sample.webp("VP8 ", [0, 0, 0, 0x9D, 1, 0x2A] + Sample.little(800, 2) + Sample.little(600, 2))
    ),
    (FileKind(type: "application/pdf", isInline: true), Sample.pdf),
    (FileKind(type: "video/mp4", isInline: true), Sample.mp4("isom")),
    (FileKind(type: "audio/mp4", isInline: true), Sample.mp4("M4A ")),
    (FileKind(type: "video/webm", isInline: true), Sample.webm("webm")),
    (FileKind(type: "audio/ogg", isInline: true), Sample.ogg(Array("OpusHead".utf8))),
    (FileKind(type: "audio/ogg", isInline: true), Sample.ogg([1] + Array("vorbis".utf8))),
    (FileKind(type: "video/ogg", isInline: true), Sample.ogg([0x80] + Array("theora".utf8))),
    (FileKind(type: "audio/wav", isInline: true), Sample.wav),
    (FileKind(type: "audio/mpeg", isInline: true), Sample.mp3()),
    (FileKind(type: "audio/mpeg", isInline: true), Sample.mp3(tag: 300)),
    (FileKind(type: "application/gzip"), Sample.gzip),
    (FileKind(type: "application/zip"), Sample.zip([("a.txt", "x"), ("b/c.exe", "MZ")])),
    (office("wordprocessingml.document"), Sample.office("word/document.xml")),
    (office("spreadsheetml.sheet"), Sample.office("xl/workbook.xml")),
    (office("presentationml.presentation"), Sample.office("ppt/presentation.xml")),
    (
      FileKind(type: "application/vnd.oasis.opendocument.text"),
      Sample.zip([("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "<a/>")])
    ),
    (FileKind(type: "application/zip"), Sample.zip([("mimetype", "text/html")])),
    (FileKind(type: "text/plain", isInline: true), Array("été\r\n\t1 < 2 <3".utf8)),
    (FileKind(type: "text/plain", isInline: true), [0xEF, 0xBB, 0xBF] + Array("a;b".utf8)),
    // HTML is treated as text that browsers do not display.
    (FileKind(type: "text/plain"), Array("<script>alert(1)</script>".utf8)),
    (FileKind(type: "text/plain"), Array("\n <!DOCTYPE html>".utf8)),
    (FileKind(type: "text/plain"), [0xEF, 0xBB, 0xBF] + Array("<?xml version='1.0'?><svg/>".utf8)),
    (FileKind(type: "text/plain"), Array("<SVG onload=alert(1)>".utf8)),
  ]

  @Test(arguments: known.indices) func `the type is detected from the content`(index: Int) {
    let (kind, content) = Self.known[index]
    #expect(FileKind.of(content[...]) == kind)
    // The content may be a slice of a larger body.
    #expect(FileKind.of(([1, 2, 3] + content + [4])[3..<3 + content.count]) == kind)
  }

  @Test func `malformed bytes can only be refused`() {
    var random = SeededRandom(seed: SeededRandom.chosenSeed(default: 42))
    for _ in 0..<40_000 {
      var content = Self.known[Int.random(in: 0..<Self.known.count, using: &random)].1
      for _ in 0..<Int.random(in: 1...8, using: &random) where !content.isEmpty {
        let place = Int.random(in: 0..<content.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: content[place] = UInt8.random(in: 0...255, using: &random)
        case 1: content[place] = [0, 0xFF, 0x7F, 0x80].randomElement(using: &random) ?? 0
        case 2: content.removeLast(place / 3)
        default: content.insert(UInt8.random(in: 0...255, using: &random), at: place)
        }
      }
      guard let kind = FileKind.of(content[...]) else { continue }
      #expect(kind.width >= 0 && kind.width <= 1 << 24 && kind.height >= 0 && kind.height <= 1 << 24)
    }
  }

  private static func picture(_ type: String, _ width: Int, _ height: Int) -> FileKind {
    FileKind(type: "image/" + type, isInline: true, width: width, height: height)
  }

  private static func office(_ type: String) -> FileKind {
    FileKind(type: "application/vnd.openxmlformats-officedocument." + type)
  }
}

@Suite struct FileNameTests {
  @Test(arguments: [
    ("", "file"), ("...", "file"), ("/", "file"), ("../../etc/passwd", "passwd"), (#"C:\a\b.txt"#, "b.txt"),
    ("a\r\nSet-Cookie: x.txt", "aSet-Cookie: x.txt"), ("\u{202E}gpj.exe", "gpj.exe"),
    (".htaccess", "htaccess"),
    (" a .txt. ", "a .txt"), ("été 😀.png", "été 😀.png"),
    (String(repeating: "é", count: 300) + ".docx", String(repeating: "é", count: 97) + ".docx"),
    (String(repeating: "x", count: 300), String(repeating: "x", count: 200)),
  ]) func `a file name is sanitized`(raw: String, expected: String) {
    #expect(FileName(raw).text == expected)
  }

  @Test(arguments: [
    ("a b.png", #"inline; filename="a b.png""#),
    (#"a"b%.png"#, #"inline; filename="a_b_.png"; filename*=UTF-8''a%22b%25.png"#),
    ("été.png", "inline; filename=\"_t_.png\"; filename*=UTF-8''%C3%A9t%C3%A9.png"),
  ]) func `a file name is encoded for every browser`(name: String, expected: String) {
    #expect(FileName(name).disposition(isInline: true) == expected)
  }
}

@Suite struct ByteRangeTests {
  @Test(
    arguments: [
      (nil, .whole), ("", .whole), ("bytes", .whole), ("bytes=", .whole), ("bytes=-", .whole),
      ("bytes=a-b", .whole),
      ("bytes=5-2", .whole), ("bytes=0-1,3-4", .whole), ("lines=0-1", .whole), ("bytes=-1-2", .whole),
      ("bytes=+1-2", .whole), ("bytes=100-", .outside), ("bytes=100-200", .outside), ("bytes=-0", .outside),
      ("bytes=99999999999999999999-", .outside), ("bytes=0-0", .part(0..<1)), ("Bytes=0-99", .part(0..<100)),
      ("bytes=0-9223372036854775807", .part(0..<100)), ("bytes=0-99999999999999999999", .part(0..<100)),
      ("bytes=99-", .part(99..<100)), ("bytes=-1", .part(99..<100)), ("bytes=-500", .part(0..<100)),
      ("bytes=-99999999999999999999", .part(0..<100)), ("bytes= 10 - 19 ", .part(10..<20)),
    ] as [(String?, ByteRange)]) func `a range is parsed for a content of a hundred bytes`(
      header: String?, expected: ByteRange
    )
  {
    #expect(ByteRange(header, of: 100) == expected)
  }
}
