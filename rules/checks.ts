/** All inspection checks, in the order in which `ringfence checks list` prints them. */
import type { Check } from "./check.ts";
import { outOfStateVoice } from "./checks/out-of-state-voice.ts";
import { sipAlgActive } from "./checks/sip-alg-active.ts";

export const checks: readonly Check[] = [sipAlgActive, outOfStateVoice];
