import Glibc
import Testing

@testable import Appliance

@Suite struct ProgramTextTests {
  @Test func `data, anonymous memory and truncated lines are not treated as code`() {
    let maps = """
      55d0c0000000-55d0c0001000 r--p 00000000 fe:00 17 /usr/bin/obox
      55d0c0001000-55d0c0003000 r-xp 00001000 fe:00 17                    /usr/bin/obox
      55d0c0003000-55d0c0004000 rw-p 00003000 fe:00 17 /usr/bin/obox
      7f0000000000-7f0000001000 rwxp 00000000 00:00 0\u{20}
      7f0000001000-7f0000002000 r-xp 00000000 00:00 0\u{20}
      7f0000002000-7f0000003000 r-xp 00000000 00:00 0  [vdso]
      7f0000003000-7f0000004000 r-xs 00000000 fe:00 18 /dev/shared
      7f0000004000-7f0000004000 r-xp 00000000 fe:00 19 /usr/lib/nothing.so
      7f0000005000-7f00000060
      """
    #expect(ProgramText.ranges(in: maps) == [0x55d0_c000_1000..<0x55d0_c000_3000])
  }

  /// In a separate process, because other tests run code meanwhile.
  @Test func `code still runs after its pages were discarded`() async {
    await #expect(processExitsWith: .success) {
      let before = fileMemory()
      ProgramText.giveBack()
      let isLess = fileMemory() < before
      let isListed = !ProgramText.ranges(in: SystemFile.text("/proc/self/maps") ?? "").isEmpty
      exit(isLess && isListed ? 0 : 1)
    }
  }
}

/// Resident pages of files, the third number of `/proc/self/statm`.
private func fileMemory() -> Int {
  let fields = SystemFile.text("/proc/self/statm")?.split(separator: " ") ?? []
  return fields.count > 2 ? Int(fields[2]) ?? 0 : 0
}
