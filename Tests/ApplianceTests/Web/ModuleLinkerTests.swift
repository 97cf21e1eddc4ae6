import Testing

@testable import Appliance

@Suite struct ModuleLinkerTests {
  private func link(_ files: [String: String]) throws -> String {
    let script = try ModuleLinker.link("/app.js") { files[$0].map { Array($0.utf8) } }
    return String(decoding: script.bytes, as: UTF8.self)
  }

  @Test(arguments: [
    "export let a = 1", "export var a = 1", "export * from './b.js'", "export default class A {}",
    "export default function a() {}", "export const { a } = b", "export const [a] = b", "import a from 'b'",
    "import a from '/b.js'", "import a from '../../b.js'", "import { a b } from './b.js'",
    "import a-b from './b.js'",
    "const a = await import('./b.js')", "f(import.meta.url)", "import {\n  a,",
    "import { a } from './none.js'",
    "import { missing } from './b.js'", "import missing from './b.js'", "export { missing } from './b.js'",
  ])
  func `code that the linker might misunderstand is refused`(_ source: String) {
    #expect(throws: PageModule.Problem.self) {
      try link(["/app.js": source + "\n", "/b.js": "export const a = 1\n"])
    }
  }

  @Test func `cyclic imports are refused and the cycle is named`() {
    let files = [
      "/app.js": "import './a.js'\n", "/a.js": "import './b.js'\n", "/b.js": "import './a.js'\n",
    ]
    let problem = #expect(throws: PageModule.Problem.self) { try link(files) }
    #expect(problem?.description == "/b.js: imports itself by way of /app.js → /a.js → /b.js → /a.js")
  }

  @Test func `each module runs once, imported modules before the importing one`() throws {
    let text = try link([
      "/app.js": "import './lib/a.js'\nimport './lib/b.js'\nlast()\n",
      "/lib/a.js": "import './b.js'\nsecond()\n",
      "/lib/b.js": "first()\n",
    ])
    #expect(
      text == """
        // /lib/b.js
        const $0 = (() => {
        first()


        return {  };
        })();
        // /lib/a.js
        const $1 = (() => {

        second()


        return {  };
        })();
        // /app.js
        const $2 = (() => {


        last()


        return {  };
        })();
        export { $0, $1, $2 };

        """)
  }

  @Test(arguments: [
    ("import { a } from './b.js'", "const { a } = $0;"),
    ("import { a as c } from \"./b.js\";", "const { a: c } = $0;"),
    ("import d from './b.js'", "const { default: d } = $0;"),
    ("import * as all from './b.js'", "const all = $0;"),
    ("import d, { a } from './b.js'", "const { default: d, a } = $0;"),
    ("import {\n  a,\n  f as g,\n} from './b.js'", "const { a, f: g } = $0;"),
    ("export { a as z } from './b.js'", "return { z: $0.a };"),
  ])
  func `every used form of import and export is supported`(_ source: String, _ linked: String)
    throws
  {
    let text = try link([
      "/app.js": source + "\n",
      "/b.js": "export const a = 1\nexport async function f() {}\nexport default [\n]\n",
    ])
    #expect(text.contains(linked))
    #expect(text.contains("const a = 1\nasync function f() {}\nconst $default = [\n]\n"))
    #expect(text.contains("return { a, f, default: $default };"))
  }

  @Test func `an export list may rename names`() throws {
    #expect(try link(["/app.js": "const q = 1\nexport { q as r, q }\n"]).contains("return { r: q, q };"))
  }

  @Test func `code that only looks like a statement stays unchanged`() throws {
    let source = "  import x\nimportant()\nexporting()\nconst t = `\n export const y`\n"
    #expect(try link(["/app.js": source]).contains(source))
  }
}
