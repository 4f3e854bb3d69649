/** Which Node runs the program: an older one lacks what it is built on, and would say so in words of its own. */

/** As package.json asks for. */
export const OLDEST_NODE = "22.17";

/** What to say to whoever starts the program with an older Node, or null. `version`: as in `process.version`. */
export function nodeTooOld(version: string): string | null {
  const [major = 0, minor = 0] = numbersOf(version.replace(/^v/, ""));
  const [oldestMajor = 0, oldestMinor = 0] = numbersOf(OLDEST_NODE);
  const isOlder = major < oldestMajor || (major === oldestMajor && minor < oldestMinor);
  return isOlder
    ? `ringfence: needs Node ${OLDEST_NODE} or newer, and this is ${version}; in a checkout, npm run -s ringfence -- brings one that is new enough\n`
    : null;
}

function numbersOf(version: string): number[] {
  return version.split(".").map(Number);
}
