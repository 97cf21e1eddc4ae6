/* Pango and cairo are loaded by the first page that is typeset: they bring fontconfig, HarfBuzz and GLib along. All their
   functions are found from pangocairo, which depends on the others. */
#include <pango/pangocairo.h>

#include "shim.h"

// GLib's macros stand in the way of functions of the same names.
#undef g_free
#undef g_object_unref

#define LIBRARY "libpangocairo-1.0.so.0"
#include "loaded.h"

CALL(cairo_surface_t *, cairo_pdf_surface_create_for_stream, (cairo_write_func_t a, void *b, double c, double d), (a, b, c, d))
CALL(void, cairo_pdf_surface_set_metadata, (cairo_surface_t *a, cairo_pdf_metadata_t b, const char *c), (a, b, c))
CALL(cairo_surface_t *, cairo_image_surface_create, (cairo_format_t a, int b, int c), (a, b, c))
CALL(cairo_surface_t *, cairo_image_surface_create_from_png_stream, (cairo_read_func_t a, void *b), (a, b))
CALL(int, cairo_image_surface_get_width, (cairo_surface_t *a), (a))
CALL(int, cairo_image_surface_get_height, (cairo_surface_t *a), (a))
CALL(cairo_status_t, cairo_surface_set_mime_data,
     (cairo_surface_t *a, const char *b, const unsigned char *c, unsigned long d, cairo_destroy_func_t e, void *f),
     (a, b, c, d, e, f))
CALL(void, cairo_surface_finish, (cairo_surface_t *a), (a))
CALL(void, cairo_surface_destroy, (cairo_surface_t *a), (a))
CALL(cairo_status_t, cairo_surface_status, (cairo_surface_t *a), (a))

CALL(cairo_t *, cairo_create, (cairo_surface_t *a), (a))
CALL(void, cairo_destroy, (cairo_t *a), (a))
CALL(cairo_status_t, cairo_status, (cairo_t *a), (a))
CALL(void, cairo_save, (cairo_t *a), (a))
CALL(void, cairo_restore, (cairo_t *a), (a))
CALL(void, cairo_translate, (cairo_t *a, double b, double c), (a, b, c))
CALL(void, cairo_scale, (cairo_t *a, double b, double c), (a, b, c))
CALL(void, cairo_move_to, (cairo_t *a, double b, double c), (a, b, c))
CALL(void, cairo_rectangle, (cairo_t *a, double b, double c, double d, double e), (a, b, c, d, e))
CALL(void, cairo_set_source_rgb, (cairo_t *a, double b, double c, double d), (a, b, c, d))
CALL(void, cairo_set_source_surface, (cairo_t *a, cairo_surface_t *b, double c, double d), (a, b, c, d))
CALL(void, cairo_set_line_width, (cairo_t *a, double b), (a, b))
CALL(void, cairo_fill, (cairo_t *a), (a))
CALL(void, cairo_stroke, (cairo_t *a), (a))
CALL(void, cairo_paint, (cairo_t *a), (a))
CALL(void, cairo_tag_begin, (cairo_t *a, const char *b, const char *c), (a, b, c))
CALL(void, cairo_tag_end, (cairo_t *a, const char *b), (a, b))

CALL(PangoFontMap *, pango_cairo_font_map_get_default, (void), ())
CALL(void, pango_font_map_list_families, (PangoFontMap *a, PangoFontFamily ***b, int *c), (a, b, c))
CALL(PangoLayout *, pango_cairo_create_layout, (cairo_t *a), (a))
CALL(void, pango_cairo_show_layout, (cairo_t *a, PangoLayout *b), (a, b))
CALL(PangoContext *, pango_layout_get_context, (PangoLayout *a), (a))
CALL(void, pango_context_set_language, (PangoContext *a, PangoLanguage *b), (a, b))
CALL(PangoLanguage *, pango_language_from_string, (const char *a), (a))

CALL(void, pango_layout_set_text, (PangoLayout *a, const char *b, int c), (a, b, c))
CALL(void, pango_layout_set_font_description, (PangoLayout *a, const PangoFontDescription *b), (a, b))
CALL(void, pango_layout_set_width, (PangoLayout *a, int b), (a, b))
CALL(void, pango_layout_set_height, (PangoLayout *a, int b), (a, b))
CALL(void, pango_layout_set_alignment, (PangoLayout *a, PangoAlignment b), (a, b))
CALL(void, pango_layout_set_ellipsize, (PangoLayout *a, PangoEllipsizeMode b), (a, b))
CALL(void, pango_layout_set_wrap, (PangoLayout *a, PangoWrapMode b), (a, b))
CALL(void, pango_layout_get_size, (PangoLayout *a, int *b, int *c), (a, b, c))
CALL(int, pango_layout_get_line_count, (PangoLayout *a), (a))

CALL(PangoFontDescription *, pango_font_description_from_string, (const char *a), (a))
CALL(void, pango_font_description_set_absolute_size, (PangoFontDescription *a, double b), (a, b))
CALL(void, pango_font_description_free, (PangoFontDescription *a), (a))

CALL(void, g_free, (void *a), (a))
CALL(void, g_object_unref, (void *a), (a))
