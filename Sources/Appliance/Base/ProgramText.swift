import Glibc

/// The program's and its libraries' code pages in memory.
enum ProgramText {
  /// Discards the resident code pages (madvise). Blocks for some milliseconds.
  ///
  /// Linking sixty libraries and starting touch nearly all code once, most of it never again. Pages needed
  /// later are read again from the page cache, sixteen at a time. Nothing is lost, because code pages are
  /// never written (Debian Policy 10.2 forbids text relocations).
  static func giveBack() {
    for range in ranges(in: SystemFile.text("/proc/self/maps") ?? "") {
      madvise(UnsafeMutableRawPointer(bitPattern: range.lowerBound), range.count, MADV_DONTNEED)
    }
  }

  /// The address ranges of private, executable, read-only file mappings in `/proc/self/maps`.
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
