/// Detection of audio and video formats.
extension FileKind {
  static func sound(_ bytes: FileBytes) -> FileKind? {
    guard let type = mp4(bytes) ?? webm(bytes) ?? ogg(bytes) ?? wav(bytes) ?? mp3(bytes) else { return nil }
    return FileKind(type: type, isInline: true)
  }

  /// ISO 14496-12: the first box contains the brand.
  private static func mp4(_ bytes: FileBytes) -> String? {
    guard bytes.has("ftyp", at: 4), let size = bytes.big(0, 4), size >= 16, size < bytes.count else {
      return nil
    }
    return switch bytes.text(8, 4) {
    case "isom", "iso2", "iso3", "iso4", "iso5", "iso6", "mp41", "mp42", "avc1", "M4V ", "dash", "mmp4":
      "video/mp4"
    case "M4A ", "M4B ": "audio/mp4"
    default: nil
    }
  }

  /// EBML, whose header contains the document type.
  private static func webm(_ bytes: FileBytes) -> String? {
    guard bytes.has([0x1A, 0x45, 0xDF, 0xA3]) else { return nil }
    let isNamed = (4..<60).contains { place in
      bytes.has([0x42, 0x82, 0x84], at: place) && bytes.has("webm", at: place + 3)
    }
    return isNamed ? "video/webm" : nil
  }

  /// The first packet of the first page identifies the codec.
  private static func ogg(_ bytes: FileBytes) -> String? {
    guard bytes.has("OggS"), bytes[4] == 0, let segments = bytes[26] else { return nil }
    let packet = 27 + Int(segments)
    if bytes.has("theora", at: packet + 1) { return "video/ogg" }
    let isSound = bytes.has("OpusHead", at: packet) || bytes.has("vorbis", at: packet + 1)
    return isSound || bytes.has("FLAC", at: packet + 1) ? "audio/ogg" : nil
  }

  private static func wav(_ bytes: FileBytes) -> String? {
    bytes.has("RIFF") && bytes.has("WAVE", at: 8) && bytes.has("fmt ", at: 12) ? "audio/wav" : nil
  }

  /// Two consecutive frames, after an ID3 tag if there is one.
  private static func mp3(_ bytes: FileBytes) -> String? {
    var place = 0
    if bytes.has("ID3"), let size = bytes.part(6, 4), size.allSatisfy({ $0 < 0x80 }) {
      place = 10 + size.reduce(0) { $0 << 7 | Int($1) }
      let most = place + 4096
      while place < most, bytes[place] == 0 { place += 1 }
    }
    guard let length = frameLength(bytes, place) else { return nil }
    return frameLength(bytes, place + length) == nil ? nil : "audio/mpeg"
  }

  /// Length in bytes of the layer III frame at `place`; nil when there is none.
  private static func frameLength(_ bytes: FileBytes, _ place: Int) -> Int? {
    guard let header = bytes.big(place, 4), header >> 21 == 0x7FF, header >> 17 & 3 == 1 else { return nil }
    let version = header >> 19 & 3
    let rate = header >> 12 & 15
    let frequency = header >> 10 & 3
    guard version != 1, rate != 0, rate != 15, frequency != 3 else { return nil }
    let isFirst = version == 3
    let kilobits =
      isFirst
      ? [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320][rate - 1]
      : [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160][rate - 1]
    let hertz = [44_100, 48_000, 32_000][frequency] / (isFirst ? 1 : version == 2 ? 2 : 4)
    return (isFirst ? 144_000 : 72_000) * kilobits / hertz + (header >> 9 & 1)
  }
}
