#ifndef OBOX_ASSETS_H
#define OBOX_ASSETS_H

/// One file of the web page, embedded in the binary.
typedef struct {
  const char *path;
  const unsigned char *bytes;
  unsigned long length;
} obox_asset;

extern const int obox_asset_count;

/// The asset at an index, or NULL outside the table. Swift imports an array of unknown size as nothing.
const obox_asset *obox_asset_at(int index);

#endif
