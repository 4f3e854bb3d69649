/**
 * Writes the bundled example site, `cmd/demo/site/`: `node test/demo/generate.ts`. Seeded, so that every run gives the
 * same bytes; each log has a seed of its own, so that a change to one leaves the others as they are.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { hqCalls, nordCalls } from "./calls.ts";
import { writeSipAlg } from "./fortigate-alg.ts";
import { FortigateLog } from "./fortigate-lines.ts";
import { writeHqRest } from "./fortigate-rest.ts";
import { writeHqVoice } from "./fortigate-voice.ts";
import { NetfilterLog } from "./netfilter-lines.ts";
import { writeSipGateway } from "./netfilter-story.ts";
import { PfsenseLog } from "./pfsense-lines.ts";
import { writeNordRest } from "./pfsense-rest.ts";
import { writeNordVoice } from "./pfsense-voice.ts";
import { Random } from "./random.ts";
import { SITE_TEXT } from "./site-text.ts";
import { WindowsLog } from "./windows-lines.ts";
import { writeServerFirewall } from "./windows-story.ts";

const SEEDS = { calls: 5060, pfsense: 5061, fortigate: 51_000, linux: 65_002, windows: 9094 } as const;

export const siteFolder: string = join(import.meta.dirname, "../../cmd/demo/site");

/** The files of the example site by name. */
export function demoFiles(): Map<string, string> {
  const callRandom = new Random(SEEDS.calls);
  const hq = hqCalls(callRandom);
  const nord = nordCalls(callRandom);

  const pfsenseRandom = new Random(SEEDS.pfsense);
  const pfsense = new PfsenseLog(pfsenseRandom);
  writeNordVoice(pfsense, nord, pfsenseRandom);
  writeNordRest(pfsense, pfsenseRandom);

  const fortigateRandom = new Random(SEEDS.fortigate);
  const fortigate = new FortigateLog(fortigateRandom);
  writeHqVoice(fortigate, hq, fortigateRandom);
  writeSipAlg(fortigate, fortigateRandom);
  writeHqRest(fortigate, fortigateRandom);

  const linuxRandom = new Random(SEEDS.linux);
  const linux = new NetfilterLog(linuxRandom);
  writeSipGateway(linux, hq, linuxRandom);

  const windowsRandom = new Random(SEEDS.windows);
  const windows = new WindowsLog(windowsRandom);
  writeServerFirewall(windows, hq, windowsRandom);

  return new Map([
    ["fgt-60f.log", fortigate.journal.text()],
    ["linux-gw.log", linux.journal.text()],
    ["pfsense-fw.log", pfsense.journal.text()],
    ["site.yaml", SITE_TEXT],
    ["swyx-server-pfirewall.log", windows.journal.text("\r\n")],
  ]);
}

if (import.meta.main) {
  mkdirSync(siteFolder, { recursive: true });
  for (const [name, text] of demoFiles()) writeFileSync(join(siteFolder, name), text);
}
