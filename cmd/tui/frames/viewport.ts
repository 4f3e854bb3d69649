/** Scrolling is arithmetic. */

/** The value inside `[0, count)`; 0 where there is nothing. */
export function clamp(value: number, count: number): number {
  return Math.max(0, Math.min(count - 1, value));
}

/** The first visible row, moved no further than it must be for the cursor to be seen. */
export function scrolledTo(cursor: number, top: number, height: number, count: number): number {
  const lowest = Math.max(0, count - height);
  if (cursor < top) return Math.min(cursor, lowest);
  if (cursor >= top + height) return Math.max(0, cursor - height + 1);
  return Math.min(top, lowest);
}

/** How far the keys that move go, in rows; null for a key that does not move. */
export function stepOf(command: string, height: number): number | null {
  switch (command) {
    case "down":
      return 1;
    case "up":
      return -1;
    case "page-down":
      return Math.max(1, height - 1);
    case "page-up":
      return -Math.max(1, height - 1);
    case "half-page-down":
      return Math.max(1, height >> 1);
    case "half-page-up":
      return -Math.max(1, height >> 1);
    case "first":
      return Number.NEGATIVE_INFINITY;
    case "last":
      return Number.POSITIVE_INFINITY;
    default:
      return null;
  }
}
