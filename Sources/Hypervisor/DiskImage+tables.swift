extension DiskImage {
  /// Reads `count` bytes of the file at an offset; fewer at its end, nil on an error.
  public typealias Reader = (_ offset: UInt64, _ count: Int) -> [UInt8]?

  /// Maximum bytes of a table read at once.
  private static let piece = 1 << 20

  /// Checks that everything the image refers to lies within the file; throws `.truncated` otherwise.
  public func verify(fileSize: Int64, _ read: Reader) throws(Problem) {
    let size = UInt64(max(0, fileSize))
    switch format {
    case .qcow2: try Self.verifyClusters(size, read)
    case .raw: try Self.verifyPartitions(size, read)
    }
  }

  /// All tables and clusters must lie within the file, with the tolerance of less than a cluster that
  /// `qemu-img check` has.
  private static func verifyClusters(_ size: UInt64, _ read: Reader) throws(Problem) {
    let header = try bytes(at: 0, 104, read)
    let clusterBits = number(header, 20, 4)
    guard (9...21).contains(clusterBits) else { throw .damaged }
    let cluster = UInt64(1) << clusterBits
    let isExtended = number(header, 4, 4) == 3 && number(header, 72, 8) & 0b10000 != 0
    let (tables, count) = (number(header, 40, 8), number(header, 36, 4))
    let (references, referenceClusters) = (number(header, 48, 8), number(header, 56, 4))
    guard tables % cluster == 0, references % cluster == 0, count <= 1 << 22 else { throw .damaged }
    try within(size, tables, count * 8, slack: cluster)
    try within(size, references, referenceClusters * cluster, slack: cluster)
    try forEach(count, at: tables, size: 8, read) { (entry: ArraySlice<UInt8>) throws(Problem) in
      let table = number(entry, 0, 8) & 0x00FF_FFFF_FFFF_FE00
      if table == 0 { return }
      try within(size, table, cluster, slack: cluster)
      let width: UInt64 = isExtended ? 16 : 8
      try forEach(cluster / width, at: table, size: Int(width), read) {
        (entry: ArraySlice<UInt8>) throws(Problem) in
        try verify(number(entry, 0, 8), clusterBits: clusterBits, size)
      }
    }
  }

  /// One entry of an L2 table: a normal cluster, a compressed one or none.
  private static func verify(_ entry: UInt64, clusterBits: UInt64, _ size: UInt64) throws(Problem) {
    guard entry & (1 << 62) != 0 else {
      let offset = entry & 0x00FF_FFFF_FFFF_FE00
      if offset != 0 { try within(size, offset, 1 << clusterBits, slack: 1 << clusterBits) }
      return
    }
    let offsetBits = 62 - (clusterBits - 8)
    let offset = entry & ((1 << offsetBits) - 1)
    let sectors = (entry & ((1 << 62) - 1)) >> offsetBits
    // The last sector may be cut off by the end of the file.
    try within(size, offset & ~511, sectors * 512 + 1, slack: 1)
  }

  private static func within(
    _ size: UInt64, _ offset: UInt64, _ length: UInt64, slack: UInt64
  ) throws(Problem) {
    let (end, isTooBig) = offset.addingReportingOverflow(length)
    guard !isTooBig, end < size || end - size < slack else { throw .truncated }
  }

  /// The partitions of a raw disk, and the backup GPT, must lie within the file.
  private static func verifyPartitions(_ size: UInt64, _ read: Reader) throws(Problem) {
    let header = try bytes(at: 0, 1024, read)
    if header[512..<520].elementsEqual("EFI PART".utf8) {
      guard little(header, 512 + 32, 8) < size / 512 else { throw .truncated }
      return
    }
    for entry in stride(from: 446, to: 510, by: 16) where header[entry + 4] != 0 {
      guard little(header, entry + 8, 4) + little(header, entry + 12, 4) <= size / 512 else {
        throw .truncated
      }
    }
  }

  private static func forEach(
    _ count: UInt64, at offset: UInt64, size: Int, _ read: Reader,
    _ body: (ArraySlice<UInt8>) throws(Problem) -> Void
  ) throws(Problem) {
    var done: UInt64 = 0
    while done < count {
      let some = min(count - done, UInt64(piece / size))
      let part = try bytes(at: offset + done * UInt64(size), Int(some) * size, read)
      for start in stride(from: 0, to: part.count, by: size) { try body(part[start..<start + size]) }
      done += some
    }
  }

  private static func bytes(at offset: UInt64, _ count: Int, _ read: Reader) throws(Problem) -> [UInt8] {
    guard let bytes = read(offset, count) else { throw .unreadable }
    guard bytes.count == count else { throw .truncated }
    return bytes
  }

  private static func number(_ bytes: some RandomAccessCollection<UInt8>, _ offset: Int, _ size: Int)
    -> UInt64
  {
    bytes.dropFirst(offset).prefix(size).reduce(0) { $0 << 8 | UInt64($1) }
  }

  private static func little(_ bytes: [UInt8], _ offset: Int, _ size: Int) -> UInt64 {
    bytes[offset..<offset + size].reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}
