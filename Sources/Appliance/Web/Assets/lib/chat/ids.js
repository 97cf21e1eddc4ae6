/** Ids are decimal text and are compared as numbers. */
export const before = (one, other) => Number(one) < Number(other)
export const greater = (one, other) => before(one, other) ? String(other) : String(one)
export const same = (one, other) => String(one) === String(other)

/** 128 random bits in hexadecimal: an id by which the server recognises a repeated message. */
export const randomId = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join('')
