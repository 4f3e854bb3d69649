/** The rules of the branch's pfSense, as they stood before and after the two mistakes. */
import type { PfRule } from "./pfsense-lines.ts";

export const WAN = "igb0";
export const VOICE = "igb1.10";
export const OFFICE = "igb1.11";
export const HALL = "igb1.12";
export const VPN = "ovpns1";

const pass = (number: number, tracker: number): PfRule => ({ number, tracker, action: "pass" });
const block = (number: number, tracker: number): PfRule => ({ number, tracker, action: "block" });

export const RULES = {
  defaultDeny: block(5, 1_000_000_103),
  defaultDenyV6: block(6, 1_000_000_105),
  /** pfBlockerNG's list of known scanners. */
  blockList: block(71, 1_770_009_812),
  forwardSip: { number: 12, tracker: 0, action: "rdr" } as PfRule,
  openSip: pass(74, 1_791_886_101),
  forwardWeb: { number: 11, tracker: 0, action: "rdr" } as PfRule,
  openWeb: pass(73, 1_791_876_077),
  dns: pass(91, 1_712_045_211),
  ntp: pass(92, 1_712_045_260),
  trunkSip: pass(93, 1_712_045_302),
  trunkRtp: pass(94, 1_712_045_340),
  agfeoCloud: pass(95, 1_712_045_377),
  officeToPbx: pass(101, 1_712_046_015),
  officeToInternet: pass(104, 1_712_046_122),
  officeV6: pass(105, 1_712_046_158),
  hallToPbx: pass(111, 1_712_046_590),
  homeToPbx: pass(121, 1_712_047_033),
  pingInside: pass(102, 1_712_046_051),
} as const;
