import Testing

@testable import Hypervisor

@Suite struct NetworkHostTests {
  private let web = NetworkHost(mac: "52:54:00:00:00:01", address: "10.77.0.2", name: "web")

  @Test(arguments: ["WEB", "1web", "", "-a"])
  func `a name that libvirt would refuse is omitted`(name: String) {
    let host = NetworkHost(mac: "52:54:00:00:00:02", address: "10.77.0.3", name: name)
    #expect(host.xml(besides: [web]) == "<host mac='52:54:00:00:00:02' ip='10.77.0.3'></host>")
  }

  @Test func `an entry contains the card's address and name`() {
    #expect(
      web.xml(besides: []) == "<host mac='52:54:00:00:00:01' name='web' ip='10.77.0.2'></host>")
  }

  @Test func `entries and ranges are parsed as libvirt writes them`() {
    let xml = """
      <network><ip address='10.77.0.1' prefix='24'><dhcp><range start='10.77.0.2' end='10.77.0.9'><lease expiry='1'/>
      </range><host mac='52:54:00:00:00:01' name='web' ip='10.77.0.2'/><host mac='52:54:00:00:00:0A' ip='10.77.0.3'/>
      </dhcp></ip></network>
      """
    #expect(
      NetworkHost.all(in: xml) == [web, NetworkHost(mac: "52:54:00:00:00:0a", address: "10.77.0.3")])
    #expect(NetworkDefinition.ranges(in: xml) == ["<range start='10.77.0.2' end='10.77.0.9'></range>"])
    #expect(NetworkDefinition.ranges(in: NetworkDefinition().xml()) == [])
  }
}
