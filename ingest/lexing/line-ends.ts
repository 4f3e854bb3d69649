/** Where the lines of an input end that somebody wrote down or made up by hand: often sooner than the firewall's own. */

/** Whether more matches of the pattern in these bytes end there than go on, which its group `more` shows. */
export function endMostly(head: Uint8Array, pattern: RegExp): boolean {
  let balance = 0;
  for (const { groups } of Buffer.from(head).toString("latin1").matchAll(pattern)) balance += groups?.more ? -1 : 1;
  return balance > 0;
}
