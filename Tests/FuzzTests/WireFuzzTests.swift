import Testing

@testable import Hypervisor
@testable import Mailer

/// Data sent to mail servers and libvirt, and parsing of libvirt's XML.
@Suite(.serialized) struct WireFuzzTests {
  @Test func `an address and a subject stay in their header`() throws {
    let seeds = [
      "Ada <ada@example.org>", "\"Lovelace, \\\"Ada\\\"\" <ada@example.org>", "ada@bücher.example",
      "=?UTF-8?B?QQ==?=",
      "Élodie\r\nBcc: x <a@b.c>", "Re: ça va 😀",
    ]
    try Fuzzer.run("mail", seeds, words: ["<", ">", "@", "\r\nBcc: ", "=?", "."]) { input in
      let text = String(decoding: input, as: UTF8.self)
      var headers = [HeaderText.unstructured(text), HeaderText.fileName(text)]
      if let address = try? Address(text) {
        try hold(address.email.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }, "ASCII")
        headers.append(HeaderText.address(address))
      }
      for header in headers {
        let lines = header.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
        try hold(header.utf8.allSatisfy { $0 < 0x7F }, "ASCII")
        try hold(lines.dropFirst().allSatisfy { $0.first == 0x20 }, "folded")
        try hold(lines.dropLast().allSatisfy { $0.last == 0x0D }, "whole line ends")
        try hold(lines.allSatisfy { $0.count { $0 == 0x0D } <= 1 }, "no lone CR")
      }
    }
  }

  @Test func `written XML is read back unchanged, and truncated XML is handled`() throws {
    let seeds = ["<a b='c'>x&amp;&#65;</a>", "<a><!-- x --><b c=\"d\"/></a>", "<?xml version='1.0'?><a/>"]
    try Fuzzer.run("xml", seeds, words: ["<", ">", "&", ";", "'", "]]>", "<!--", "-->", "&#x"]) { input in
      let text = String(decoding: input, as: UTF8.self)
      XMLReader.read(text) { _, _, _ in }
      let xml = XMLWriter.document("a", ["b": text]) { $0.element("c", text: text) }
      let expected = String(
        String.UnicodeScalarView(
          text.unicodeScalars.map { scalar in
            switch scalar {
            case "\t", "\n", "\r": scalar
            case "\0"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": "\u{FFFD}"
            default: scalar
            }
          }))
      try hold(
        XMLReader.text(of: "a/c", in: xml)?.unicodeScalars.elementsEqual(expected.unicodeScalars) == true,
        "text")
      try hold(XMLReader.attribute("b", of: "a", in: xml) == expected, "attribute")
    }
  }

  @Test func `values for cloud-init stay within their quotes`() throws {
    let seeds = ["zoe", "it's; \"$(reboot)\"", "a'\u{301}", "web\nroot:"]
    try Fuzzer.run("cloudinit", seeds, words: ["'", "\"", "\n", "$("]) { input in
      let text = String(decoding: input, as: UTF8.self)
      let plain = CloudInit(instanceID: "i", hostname: "h", user: "u", authorizedKeys: ["k"])
      let seed = CloudInit(instanceID: text, hostname: text, user: text, authorizedKeys: [text])
      let count = { (text: String) in text.utf8.count { $0 == 0x0A } }
      try hold(count(seed.metaData()) == count(plain.metaData()), "no further line")
      try hold(CloudInit.quoted(text).utf8.allSatisfy { $0 >= 0x20 }, "no control character")
    }
  }
}
