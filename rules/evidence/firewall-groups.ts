/** Firewalls of which one sentence speaks: a relay may carry the logs of hundreds, and every endpoint may be one. */
import { listOf, type MessageValue } from "../messages/message.ts";
import type { PlatformName } from "../result.ts";

/** More names are counted; the result's table of firewalls holds them all. */
const MOST_NAMES = 6;

export interface FirewallGroup {
  names: MessageValue;
  isOne: boolean;
  platform: PlatformName;
}

/** By product, so that the same switch helps all of a group. */
export function byPlatform(firewalls: readonly { name: string; platform: PlatformName }[]): FirewallGroup[] {
  return [...Map.groupBy(firewalls, ({ platform }) => platform)].map(([platform, group]) => {
    const names = group.map(({ name }) => name);
    const isOne = names.length === 1;
    return { names: isOne ? (names[0] as string) : listOf(names, MOST_NAMES), isOne, platform };
  });
}
