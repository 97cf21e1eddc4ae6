#ifndef OBOX_ASSETS_H
#define OBOX_ASSETS_H

/// One file of the page: its path from the page's root, its bytes for the process's whole life, and how many.
typedef struct {
  const char *path;
  const unsigned char *bytes;
  unsigned long length;
} obox_asset;

/// All files of the page, sorted by path.
extern const obox_asset obox_assets[];
extern const int obox_asset_count;

#endif
