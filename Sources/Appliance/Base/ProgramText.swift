import Glibc

/// The machine code of the program and of its libraries, as it is mapped into memory.
enum ProgramText {
  /// Unmaps it all for the moment. Blocks for some milliseconds.
  ///
  /// Linking sixty libraries and starting touch nearly all code once, most of it never again. What is still
  /// needed comes back from the page cache at its next use, in steps of sixteen pages. Code is never written
  /// (Debian's policy, 10.2, wants no relocations in it), so that nothing is lost.
  static func giveBack() {
    for range in ranges(in: SystemFile.text("/proc/self/maps") ?? "") {
      madvise(UnsafeMutableRawPointer(bitPattern: range.lowerBound), range.count, MADV_DONTNEED)
    }
  }

  /// The addresses of private mappings of files that may be run and not written.
  static func ranges(in maps: String) -> [Range<UInt>] {
    maps.utf8.split(separator: UInt8(ascii: "\n")).compactMap { line in
      // 7f2a4c000000-7f2a4c021000 r-xp 00026000 fe:00 4907012    /usr/lib/x86_64-linux-gnu/libc.so.6
      let fields = line.split(separator: UInt8(ascii: " "), maxSplits: 5)
      guard fields.count == 6, fields[1].elementsEqual("r-xp".utf8), fields[5].contains(UInt8(ascii: "/"))
      else { return nil }
      let ends = fields[0].split(separator: UInt8(ascii: "-")).compactMap { UInt(Substring($0), radix: 16) }
      guard ends.count == 2, ends[0] < ends[1] else { return nil }
      return ends[0]..<ends[1]
    }
  }
}
