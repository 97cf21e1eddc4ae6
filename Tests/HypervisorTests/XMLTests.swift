import Testing

@testable import Hypervisor

@Suite struct XMLTests {
  @Test func `text from outside is escaped`() {
    let hostile = "a'/><b c=\"&<!--\u{0}]]>\u{7}\n"
    let xml = XMLWriter.document("domain", ["type": hostile]) { xml in
      xml.element("name", text: hostile)
      xml.element("after", ["key": "value"])
    }
    let expected = "a'/><b c=\"&<!--\u{FFFD}]]>\u{FFFD}\n"
    #expect(XMLReader.attribute("type", of: "domain", in: xml) == expected)
    #expect(XMLReader.text(of: "domain/name", in: xml) == expected)
    #expect(XMLReader.attribute("key", of: "domain/after", in: xml) == "value")
    #expect(xml.filter { $0 == "<" }.count == 5)
  }

  @Test func `an entity ends at its semicolon, whatever mark follows`() {
    let xml = XMLWriter.document("a") { $0.element("name", text: "x&\u{301}<\u{301}y") }
    #expect(XMLReader.text(of: "a/name", in: xml) == "x&\u{301}<\u{301}y")
  }

  @Test func `an attribute without a value is omitted`() {
    #expect(XMLWriter.document("type", ["machine": nil, "arch": "x"]) { _ in } == "<type arch='x'></type>")
  }

  @Test(arguments: [
    "", "<", "<a", "<a b", "<a b=", "<a b='", "<a b='c'", "<!--", "</a>", "<a/", "<a><a><a>", "&",
  ])
  func `truncated text is handled`(xml: String) {
    #expect(XMLReader.attribute("b", of: "x", in: xml) == nil)
    #expect(XMLReader.text(of: "x", in: xml) == nil)
  }

  @Test func `values are found by their path`() {
    let xml = """
      <?xml version='1.0'?><!-- <network><name>no</name></network> -->
      <network>
        <ip family="ipv4" address='10.0.0.1' note='a > b'><dhcp><range start='1'/><range start='2'/></dhcp></ip>
        <other><name>wrong</name></other>
        <name>x &lt;&amp;&#65;&#x42;&unknown;</name>
      </network>
      """
    #expect(XMLReader.text(of: "network/name", in: xml) == "x <&AB&unknown;")
    #expect(XMLReader.attribute("address", of: "network/ip", in: xml) == "10.0.0.1")
    #expect(XMLReader.attribute("note", of: "network/ip", in: xml) == "a > b")
    #expect(XMLReader.attributes("start", of: "network/ip/dhcp/range", in: xml) == ["1", "2"])
    #expect(XMLReader.text(of: "network/other", in: xml) == "")
    #expect(XMLReader.attribute("start", of: "network/dhcp/range", in: xml) == nil)
  }
}
