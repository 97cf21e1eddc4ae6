import Testing

@testable import Hypervisor

@Suite struct SeedImageTests {
  private static let sector = 2048

  @Test func `files too large for a seed are refused`() {
    #expect(throws: HypervisorError.self) {
      try SeedImage.iso(files: [("user-data", [UInt8](repeating: 0, count: 1 << 24))])
    }
  }

  @Test func `an invalid ISO 9660 volume id is refused`() {
    #expect(throws: HypervisorError.self) {
      try SeedImage.iso(files: [], volumeID: String(repeating: "a", count: 33))
    }
  }

  @Test func `the image has the volume id, names and content that cloud-init reads`() throws {
    let files = CloudInit(instanceID: "i-1", hostname: "web", user: "zoe", authorizedKeys: ["k"]).files()
    let image = try SeedImage.iso(files: files)
    #expect(image.count % Self.sector == 0)
    let descriptor = image[(16 * Self.sector)...]
    #expect(descriptor.dropFirst().starts(with: "CD001".utf8))
    let volume = String(decoding: descriptor.dropFirst(40).prefix(32), as: UTF8.self)
    #expect(volume.lowercased().hasPrefix("cidata "))
    let text = String(decoding: image, as: UTF8.self)
    for file in files {
      #expect(text.contains("\(file.name)"))
      #expect(text.contains(String(decoding: file.bytes, as: UTF8.self)))
    }
  }

  @Test func `a large file is stored completely`() throws {
    let bytes = (0..<3_000_001).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 9) }
    let image = try SeedImage.iso(files: [("blob", bytes)])
    // The root directory's record is at offset 156 of the descriptor; its third record is the file's.
    func number(_ at: Int) -> Int { (0..<4).reduce(0) { $0 | Int(image[at + $1]) << (8 * $1) } }
    var record = number(16 * Self.sector + 156 + 2) * Self.sector
    for _ in 0..<2 { record += Int(image[record]) }
    let start = number(record + 2) * Self.sector
    #expect(number(record + 10) == bytes.count)
    #expect(image[start..<(start + bytes.count)].elementsEqual(bytes))
  }
}
