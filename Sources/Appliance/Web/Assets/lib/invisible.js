const nothingToSee = /^[\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}\u2800\uFFF9-\uFFFB]*$/u

/**
 * Whether a text shows nothing: only blanks, zero-width characters, variation selectors and fillers. The
 * server decides by the same cases.
 */
export const isInvisible = text => nothingToSee.test(text)
