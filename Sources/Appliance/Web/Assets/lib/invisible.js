const nothingToSee = /^[\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}\u2800\uFFF9-\uFFFB]*$/u

/** Whether nothing of a text can be seen: blanks, zero widths, variation selectors and fillers alone. The server judges by the same cases. */
export const isInvisible = text => nothingToSee.test(text)
