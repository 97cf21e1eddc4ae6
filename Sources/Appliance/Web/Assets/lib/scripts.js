const loading = new Map()

const nodeFor = (path, isModule) => path.endsWith('.css')
  ? Object.assign(document.createElement('link'), { rel: 'stylesheet', href: path })
  : Object.assign(document.createElement('script'), { ...isModule && { type: 'module' }, src: path })

/** Loads a script or a style sheet that few people need, once; resolves when it has run. */
export function loadScript(path, { isModule = false } = {}) {
  if (!loading.has(path)) loading.set(path, new Promise((resolve, reject) => {
    const node = nodeFor(path, isModule)
    node.onload = resolve
    node.onerror = () => {
      // The next attempt loads it again.
      loading.delete(path)
      node.remove()
      reject(new Error(path))
    }
    document.head.append(node)
  }))
  return loading.get(path)
}
