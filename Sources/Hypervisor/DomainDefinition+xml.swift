extension DomainDefinition {
  /// libvirt's domain XML (https://libvirt.org/formatdomain.html).
  public func xml() -> String {
    XMLWriter.document("domain", ["type": type]) { xml in
      xml.element("name", text: name)
      xml.element("uuid", text: uuid)
      if !title.isEmpty { xml.element("title", text: title) }
      xml.element("memory", ["unit": "MiB"], text: String(memoryMB))
      xml.element("vcpu", text: String(vcpu))
      xml.element("os") { xml in
        xml.element("type", ["machine": machine], text: "hvm")
        xml.element("boot", ["dev": "hd"])
      }
      if type != "test" {
        xml.element("features") { xml in
          xml.element("acpi")
          xml.element("apic")
        }
        writeProcessor(&xml)
      }
      xml.element("clock", ["offset": "utc"])
      xml.element("on_poweroff", text: "destroy")
      xml.element("on_reboot", text: "restart")
      xml.element("on_crash", text: "destroy")
      xml.element("devices") { xml in
        writeStorage(&xml)
        writeNetwork(&xml)
        if type != "test" { writeExtras(&xml) }
      }
    }
  }

  /// The CD-ROM drive of the seed; empty when `path` is nil.
  static func writeSeed(_ path: String?, _ xml: inout XMLWriter) {
    xml.element("disk", ["type": "file", "device": "cdrom"]) { xml in
      xml.element("driver", ["name": "qemu", "type": "raw"])
      if let path { xml.element("source", ["file": path]) }
      xml.element("target", ["dev": seedTarget, "bus": "scsi"])
      xml.element("readonly")
    }
  }

  private func writeProcessor(_ xml: inout XMLWriter) {
    if type == "kvm" {
      xml.element("cpu", ["mode": "host-passthrough", "check": "none"])
    } else {
      xml.element("cpu", ["mode": "maximum", "check": "none"])
    }
  }

  private func writeStorage(_ xml: inout XMLWriter) {
    xml.element("disk", ["type": "file", "device": "disk"]) { xml in
      xml.element("driver", ["name": "qemu", "type": "qcow2", "discard": type == "test" ? nil : "unmap"])
      xml.element("source", ["file": diskPath])
      xml.element("target", ["dev": Self.diskTarget, "bus": "virtio"])
    }
    guard let seedPath else { return }
    xml.element("controller", ["type": "scsi", "index": "0", "model": "virtio-scsi"])
    Self.writeSeed(seedPath, &xml)
  }

  private func writeNetwork(_ xml: inout XMLWriter) {
    let (kind, name) =
      switch network {
      case .network(let name): ("network", name)
      case .bridge(let name): ("bridge", name)
      }
    xml.element("interface", ["type": kind]) { xml in
      xml.element("mac", ["address": mac])
      xml.element("source", kind == "bridge" ? ["bridge": name] : ["network": name])
      if let interface { xml.element("target", ["dev": interface]) }
      xml.element("model", ["type": "virtio"])
      if let filter { CardFilter.write(filter, to: &xml) }
    }
  }

  private func writeExtras(_ xml: inout XMLWriter) {
    xml.element("serial", ["type": "pty"]) { xml in
      if let consoleLogPath { xml.element("log", ["file": consoleLogPath, "append": "on"]) }
      xml.element("target", ["port": "0"])
    }
    xml.element("console", ["type": "pty"]) { xml in
      xml.element("target", ["type": "serial", "port": "0"])
    }
    xml.element("channel", ["type": "unix"]) { xml in
      xml.element("target", ["type": "virtio", "name": "org.qemu.guest_agent.0"])
    }
    // No port: the screen is opened by a descriptor, so that other programs of the host cannot.
    xml.element("graphics", ["type": "vnc"]) { $0.element("listen", ["type": "none"]) }
    xml.element("video") { $0.element("model", ["type": "vga"]) }
    xml.element("rng", ["model": "virtio"]) {
      $0.element("backend", ["model": "random"], text: "/dev/urandom")
    }
    xml.element("memballoon", ["model": "virtio"]) { xml in
      xml.element("stats", ["period": String(memoryStatsPeriod)])
    }
  }
}
