// What the pure modules of the page read of a browser when they are loaded. Import it before them.
const values = new Map()
const storage = {
  getItem: key => values.get(key) ?? null,
  setItem: (key, value) => { values.set(key, String(value)) },
  removeItem: key => { values.delete(key) },
}
const globals = {
  document: { documentElement: { lang: '', dataset: {} } },
  localStorage: storage,
  location: new URL('http://127.0.0.1:4000/'),
  navigator: { languages: ['fr'] },
}
for (const [name, value] of Object.entries(globals))
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true })
