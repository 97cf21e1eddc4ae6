/// Counters of one machine, all taken at the same time; cumulative ones start at 0 when the machine starts.
///
/// The disk's are 0 while libvirt is busy with the machine.
public struct DomainStatistics: Sendable, Equatable {
  public let name: String
  /// Constant, even when the machine is renamed.
  public let uuid: String
  public let state: DomainState
  /// Processor time used by the whole machine, in nanoseconds.
  public let cpuTimeNs: Int64
  public let vcpus: Int
  /// Memory assigned to the machine at present, in KiB.
  public let memoryTotalKB: Int64
  /// Memory used by the guest, in KiB; nil until the guest has reported.
  public let memoryUsedKB: Int64?
  /// Bytes that the disk occupies on the host.
  public let diskAllocation: Int64
  /// Size of the virtual disk in bytes.
  public let diskCapacity: Int64
  public let rxBytes: Int64
  public let txBytes: Int64
  public let readBytes: Int64
  public let writtenBytes: Int64
}
