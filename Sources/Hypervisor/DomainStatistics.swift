/// Counters of one machine, all from the same moment; growing ones start at 0 with the machine.
///
/// Those of the disk are 0 in a moment in which libvirt is busy with the machine.
public struct DomainStatistics: Sendable, Equatable {
  public let name: String
  /// Stays the same whatever somebody renames the machine to.
  public let uuid: String
  public let state: DomainState
  /// Nanoseconds of processor time used by the whole machine.
  public let cpuTimeNs: Int64
  public let vcpus: Int
  /// What the machine has now, in KiB.
  public let memoryTotalKB: Int64
  /// What its guest uses, in KiB; nil until the guest reports.
  public let memoryUsedKB: Int64?
  /// Bytes that the disk takes on the host.
  public let diskAllocation: Int64
  /// Bytes that the guest sees.
  public let diskCapacity: Int64
  public let rxBytes: Int64
  public let txBytes: Int64
  public let readBytes: Int64
  public let writtenBytes: Int64
}
