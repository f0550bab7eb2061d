/** A place in a text that is being read. */
export interface Cursor {
  readonly text: string;
  at: number;
}

/** Moves over `sign` if it is next. */
export function take(cursor: Cursor, sign: string): boolean {
  if (!cursor.text.startsWith(sign, cursor.at)) return false;
  cursor.at += sign.length;
  return true;
}

/** Moves over what a sticky expression matches here. */
export function takeMatch(cursor: Cursor, sticky: RegExp): string | undefined {
  sticky.lastIndex = cursor.at;
  const found = sticky.exec(cursor.text)?.[0];
  if (found !== undefined) cursor.at += found.length;
  return found;
}

export function atEnd({ text, at }: Cursor): boolean {
  return at >= text.length;
}
