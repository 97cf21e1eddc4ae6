/* libical is loaded by the first recurring event or file: it brings ICU along, whose tables are larger than the whole
   program. */
#include "shim.h"

#define LIBRARY "libical.so.3"
#include "loaded.h"

CALL(void, icalerror_set_errors_are_fatal, (int a), (a))

CALL(struct icalrecurrencetype, icalrecurrencetype_from_string, (const char *a), (a))
CALL(icalrecur_iterator *, icalrecur_iterator_new, (struct icalrecurrencetype a, struct icaltimetype b), (a, b))
CALL(struct icaltimetype, icalrecur_iterator_next, (icalrecur_iterator *a), (a))
CALL(void, icalrecur_iterator_free, (icalrecur_iterator *a), (a))

CALL(icaltimezone *, icaltimezone_get_builtin_timezone, (const char *a), (a))
CALL(icaltimezone *, icaltimezone_get_utc_timezone, (void), ())
CALL(int, icaltimezone_get_utc_offset_of_utc_time, (icaltimezone *a, struct icaltimetype *b, int *c), (a, b, c))
CALL(icalcomponent *, icaltimezone_get_component, (icaltimezone *a), (a))

CALL(icalcomponent *, icalparser_parse_string, (const char *a), (a))
CALL(void, icalcomponent_free, (icalcomponent *a), (a))
CALL(icalcomponent_kind, icalcomponent_isa, (const icalcomponent *a), (a))
CALL(icalcomponent *, icalcomponent_get_first_component, (icalcomponent *a, icalcomponent_kind b), (a, b))
CALL(icalcomponent *, icalcomponent_get_next_component, (icalcomponent *a, icalcomponent_kind b), (a, b))
CALL(icalproperty *, icalcomponent_get_first_property, (icalcomponent *a, icalproperty_kind b), (a, b))
CALL(icalproperty *, icalcomponent_get_next_property, (icalcomponent *a, icalproperty_kind b), (a, b))
CALL(char *, icalcomponent_as_ical_string_r, (icalcomponent *a), (a))
CALL(icalvalue *, icalproperty_get_value, (const icalproperty *a), (a))
CALL(char *, icalproperty_get_value_as_string_r, (const icalproperty *a), (a))
CALL(char *, icalproperty_get_parameter_as_string_r, (icalproperty *a, const char *b), (a, b))
CALL(icalvalue_kind, icalvalue_isa, (const icalvalue *a), (a))
CALL(const char *, icalvalue_get_text, (const icalvalue *a), (a))
CALL(struct icaltimetype, icalvalue_get_date, (const icalvalue *a), (a))
CALL(struct icaltimetype, icalvalue_get_datetime, (const icalvalue *a), (a))
CALL(struct icaldurationtype, icalvalue_get_duration, (const icalvalue *a), (a))
CALL(int, icaldurationtype_as_int, (struct icaldurationtype a), (a))
CALL(void, icalmemory_free_buffer, (void *a), (a))
