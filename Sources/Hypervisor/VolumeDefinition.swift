/// The definition of a volume in a directory pool.
struct VolumeDefinition {
  let name: String
  let capacity: UInt64
  var format = "raw"
  var backing: (path: String, format: String)?

  /// libvirt's volume XML (https://libvirt.org/formatstorage.html).
  func xml() -> String {
    XMLWriter.document("volume") { xml in
      xml.element("name", text: name)
      xml.element("capacity", ["unit": "bytes"], text: String(capacity))
      xml.element("allocation", ["unit": "bytes"], text: "0")
      xml.element("target") { xml in
        xml.element("format", ["type": format])
        xml.element("permissions") { $0.element("mode", text: "0600") }
        // libvirt defaults to the oldest qcow2 version, in which a disk with snapshots cannot grow.
        if format == "qcow2" { xml.element("compat", text: "1.1") }
      }
      guard let backing else { return }
      xml.element("backingStore") { xml in
        xml.element("path", text: backing.path)
        xml.element("format", ["type": backing.format])
      }
    }
  }
}
