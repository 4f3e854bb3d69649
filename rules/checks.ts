/**
 * All inspection checks, in the order in which `ringfence checks list` prints them.
 *
 * The first list explains why packets were stopped, and its order is the order of precedence: first what the firewall
 * itself gives as its reason (a limit, no room left, a helper, an engine, a fragment), then what only several lines
 * together show, the narrower before the wider. What one has explained is no evidence for the next.
 *
 * The second list says how packets were changed or handled while they passed; that excludes nothing else.
 *
 * A denial that a requirement forbids stays "blocked but required" whatever a check says of it: that finding names the
 * rule, the check's what people hear of it.
 */
import type { Check } from "./check.ts";
import { deepInspectionHitsVoice } from "./checks/deep-inspection-hits-voice.ts";
import { dscpLost } from "./checks/dscp-lost.ts";
import { mediaBlocked } from "./checks/media-blocked.ts";
import { outOfStateVoice } from "./checks/out-of-state-voice.ts";
import { pinholeTooStrict } from "./checks/pinhole-too-strict.ts";
import { rateLimitHitsMedia } from "./checks/rate-limit-hits-media.ts";
import { replyBlocked } from "./checks/reply-blocked.ts";
import { shaperDropsVoice } from "./checks/shaper-drops-voice.ts";
import { sipAlgActive } from "./checks/sip-alg-active.ts";
import { sipAlgDrops } from "./checks/sip-alg-drops.ts";
import { sipFragmentDropped } from "./checks/sip-fragment-dropped.ts";
import { sourcePortRewritten } from "./checks/source-port-rewritten.ts";
import { stateExhausted } from "./checks/state-exhausted.ts";
import { udpBindingExpired } from "./checks/udp-binding-expired.ts";
import { inOrder } from "./inspection/precedence.ts";

const stopped: readonly Check[] = [
  rateLimitHitsMedia,
  shaperDropsVoice,
  stateExhausted,
  sipAlgDrops,
  deepInspectionHitsVoice,
  sipFragmentDropped,
  pinholeTooStrict,
  mediaBlocked,
  udpBindingExpired,
  replyBlocked,
  outOfStateVoice,
];
const changed: readonly Check[] = [sipAlgActive, sourcePortRewritten, dscpLost];

export const checks: readonly Check[] = [...inOrder(stopped), ...changed];
