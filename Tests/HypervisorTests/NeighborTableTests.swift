import Testing

@testable import Hypervisor

@Suite struct NeighborTableTests {
  private let table = """
    IP address       HW type     Flags       HW address            Mask     Device
    10.66.0.20       0x1         0x0         52:54:00:31:89:ba     *        br0
    10.66.0.78       0x1         0x2         52:54:00:31:89:ba     *        br0
    10.66.0.1        0x1         0x6         52:54:00:00:00:01     *        br0

    """

  @Test func `an unknown card has no address`() {
    #expect(NeighborTable.address(mac: "52:54:00:31:89:bb", in: table) == nil)
    #expect(NeighborTable.address(mac: "HW", in: table) == nil)
    #expect(NeighborTable.address(mac: "52:54:00:31:89:ba", in: "") == nil)
    #expect(NeighborTable.address(mac: "52:54:00:31:89:ba", in: "10.66.0.78 0x1 0x2") == nil)
  }

  @Test func `an incomplete entry does not count`() {
    #expect(NeighborTable.address(mac: "52:54:00:31:89:BA", in: table) == "10.66.0.78")
    #expect(NeighborTable.address(mac: "52:54:00:00:00:01", in: table) == "10.66.0.1")
  }
}
