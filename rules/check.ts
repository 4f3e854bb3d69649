/** The contract of an inspection check: one file a check under `checks/`, all of one shape. */
import type { PolicyKind } from "../catalogs/catalog.ts";
import type { Claim, Witness } from "./findings/finding.ts";
import type { CheckRemedy } from "./inspection/remedy.ts";
import type { Message } from "./messages/message.ts";
import type { PlatformName, Severity } from "./result.ts";
import type { Traffic } from "./traffic/judged-flow.ts";

export interface CheckMeta {
  /** Permanent; part of finding ids. */
  id: string;
  /** A claim: true when the check fires. */
  title: string;
  severity: Severity;
  /** Where it is another: when, in words that follow the check's name. */
  otherSeverities?: readonly { when: string; level: Severity }[];
  /** What goes wrong for the people who telephone, and why. */
  rationale: Message;
  /** Firewalls in whose logs it can show at all. */
  platforms: readonly PlatformName[];
  /** What it must see to be sure. */
  needs: string;
  /** What else could explain the same lines. */
  alternatives: string;
  /** What to change, by firewall; several lines: change, check, undo. */
  remediation: Readonly<Partial<Record<PlatformName, CheckRemedy>>>;
  /** Kinds of a vendor's statements that bear on it: the first that the deployment's vendor makes is cited. */
  cites: readonly PolicyKind[];
  /** Whose advice it follows; vendors contradict each other, so each is named. */
  references: readonly string[];
}

/** What a check says of one piece of evidence; the rest of the claim follows from its meta and the flow. */
export type CheckClaim = Pick<Claim, "why" | "confidence"> & Partial<Pick<Claim, "severity">> & { title?: Message };

/** The only way to emit: the claim and the flow that shows it. */
export type CheckReport = (claim: CheckClaim, subject: CheckSubject) => void;

/** Whom the evidence concerns: a deployed host, or the firewall alone. */
export interface CheckSubject extends Witness {
  host: string;
  /** Index of the deployment whose host it is; null: no deployed host. */
  deployment: number | null;
  direction: "in" | "out";
  peerZone: Claim["peerZone"];
}

export interface Check {
  meta: CheckMeta;
  run(traffic: Traffic, report: CheckReport): void;
}
