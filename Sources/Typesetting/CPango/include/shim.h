#include <cairo/cairo-pdf.h>

/* Pango's headers need search paths that importers of this module do not have. `calls.c` includes them as well: a
   declaration that differs does not compile. Enumerations are `unsigned` here. */
typedef struct _PangoContext PangoContext;
typedef struct _PangoFontDescription PangoFontDescription;
typedef struct _PangoFontFamily PangoFontFamily;
typedef struct _PangoFontMap PangoFontMap;
typedef struct _PangoLanguage PangoLanguage;
typedef struct _PangoLayout PangoLayout;

PangoFontMap *pango_cairo_font_map_get_default(void);
void pango_font_map_list_families(PangoFontMap *map, PangoFontFamily ***families, int *count);

PangoLayout *pango_cairo_create_layout(cairo_t *cairo);
void pango_cairo_show_layout(cairo_t *cairo, PangoLayout *layout);
PangoContext *pango_layout_get_context(PangoLayout *layout);
void pango_context_set_language(PangoContext *context, PangoLanguage *language);
PangoLanguage *pango_language_from_string(const char *language);

void pango_layout_set_text(PangoLayout *layout, const char *text, int length);
void pango_layout_set_font_description(PangoLayout *layout, const PangoFontDescription *description);
void pango_layout_set_width(PangoLayout *layout, int width);
void pango_layout_set_height(PangoLayout *layout, int height);
void pango_layout_set_alignment(PangoLayout *layout, unsigned alignment);
void pango_layout_set_ellipsize(PangoLayout *layout, unsigned mode);
void pango_layout_set_wrap(PangoLayout *layout, unsigned mode);
void pango_layout_get_size(PangoLayout *layout, int *width, int *height);
int pango_layout_get_line_count(PangoLayout *layout);

PangoFontDescription *pango_font_description_from_string(const char *text);
void pango_font_description_set_absolute_size(PangoFontDescription *description, double size);
void pango_font_description_free(PangoFontDescription *description);

void g_free(void *memory);
void g_object_unref(void *object);
