// Loaded by lib/scripts.js when a screen is opened: noVNC is not linked into the page's script.
import RFB from './novnc/core/rfb.js'
globalThis.noVNC = RFB
