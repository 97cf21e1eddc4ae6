import Hypervisor
import Store

/// The IP addresses of our own network. A machine keeps its address for its lifetime.
struct GuestAddresses: Sendable {
  private static let last = "last-guest-address"

  let range: Range<UInt32>
  /// Current DHCP leases: their addresses are not given to other machines before they expire.
  let leases: [NetworkLease]

  /// Whether the machine has an address within the current network.
  func has(_ machine: Machine) -> Bool { machine.reservedIP.map(isGuests) ?? false }

  /// The machine's address: its own, the one leased by an earlier version, or the next free one. Nil when
  /// none is free.
  func reserve(for machine: Machine, in tx: Transaction) throws -> String? {
    if has(machine) { return machine.reservedIP }
    let taken = try taken(besides: machine, in: tx)
    let lease = leases.filter { $0.mac == machine.mac }.max { $0.ends < $1.ends }?.address
    let former = [lease, machine.internalIP].compactMap(\.self).first { isGuests($0) && !taken.contains($0) }
    guard let address = try former ?? next(taken, in: tx) else { return nil }
    try tx.execute("UPDATE machines SET reserved_ip = ? WHERE id = ?", address, machine.id)
    return address
  }

  private func isGuests(_ address: String) -> Bool {
    IPv4Address(address).map { range.contains($0.bits) } ?? false
  }

  private func taken(besides machine: Machine, in tx: Transaction) throws -> Set<String> {
    let others = try tx.query(
      "SELECT reserved_ip, internal_ip FROM machines WHERE id != ?", machine.id,
      map: { [$0.optionalText(0), $0.optionalText(1)] })
    return Set(others.joined().compactMap(\.self))
      .union(leases.filter { $0.mac != machine.mac }.map(\.address))
  }

  /// The next free address in rotation, so that a returned address is reused as late as possible.
  private func next(_ taken: Set<String>, in tx: Transaction) throws -> String? {
    let last = try tx.first(
      "SELECT value FROM settings WHERE name = ?", Self.last,
      map: { String(decoding: $0.blob(0), as: UTF8.self) })
    let begin = last.flatMap { IPv4Address($0) }.map {
      min(max($0.bits &+ 1, range.lowerBound), range.upperBound)
    }
    let middle = begin ?? range.lowerBound
    for part in [middle..<range.upperBound, range.lowerBound..<middle] {
      for bits in part {
        let address = IPv4Address(bits: bits).description
        if taken.contains(address) { continue }
        try tx.execute(
          "INSERT INTO settings VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = ?2", Self.last,
          Array(address.utf8))
        return address
      }
    }
    return nil
  }
}
