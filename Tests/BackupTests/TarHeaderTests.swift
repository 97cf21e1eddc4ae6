import Testing

@testable import Backup

@Suite struct TarHeaderTests {
  @Test(arguments: [0, 1, 511, 8_589_934_591, 8_589_934_592, 1 << 45] as [Int64])
  func `sizes are kept, also from 8 GiB on`(size: Int64) {
    let read = TarHeader(TarHeader(name: "obox.db", size: size).bytes(time: 1_795_921_200))
    #expect(read?.size == size && read?.name == "obox.db")
  }

  @Test func `a block that is no header, or says a size beyond reason, is none`() {
    #expect(TarHeader([UInt8](repeating: 7, count: 512)) == nil)
    #expect(TarHeader([]) == nil)
    var block = TarHeader(name: "a", size: 1 << 45).bytes(time: 0)
    block[128] = 0xFF
    #expect(TarHeader(block) == nil)
  }

  @Test func `the sum of a header is that of its bytes with blanks in its place`() {
    var block = TarHeader(name: "a", size: 5).bytes(time: 0)
    let written = String(decoding: block[148..<154], as: UTF8.self)
    block.replaceSubrange(148..<156, with: [UInt8](repeating: 0x20, count: 8))
    #expect(Int(written, radix: 8) == block.reduce(0) { $0 + Int($1) })
  }
}
