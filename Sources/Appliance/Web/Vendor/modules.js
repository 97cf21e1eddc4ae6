// Follows the modules of xterm.js, which are written for Node: `sources` has each as a function, by its path.
const made = new Map()
const from = (path, wanted) => {
  const parts = path.split('/').slice(0, -1)
  for (const part of wanted.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.') parts.push(part)
  }
  return parts.join('/')
}
const make = path => {
  if (!made.has(path)) {
    const module = { exports: {} }
    made.set(path, module)
    sources[path](wanted => make(from(path, wanted)), module, module.exports)
  }
  return made.get(path).exports
}
globalThis.Terminal = make('public/Terminal').Terminal
})()
